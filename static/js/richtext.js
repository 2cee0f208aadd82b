/* Rich text: turns each textarea[data-richtext] into an editor with a toolbar of plain buttons.
   The textarea stays in the form and holds the HTML; without this script it is edited itself. */

const FIELDS = "textarea[data-richtext]";
let counter = 0;

function readWords(textarea) {
  return JSON.parse(textarea.dataset.richtextWords);
}

function make(tag, attributes, text) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  if (text) element.textContent = text;
  return element;
}

/* Give the text the focus at once and return its commands. The editor's own `focus()` waits for the
   next frame: what is typed before it would go to the button and be lost. */
function backToText(editor) {
  editor.view.focus();
  return editor.chain().scrollIntoView();
}

/* --- The toolbar -------------------------------------------------------------------------- */

const BUTTONS = [
  ["bold", "B", (c) => c.toggleBold(), (e) => e.isActive("bold")],
  ["italic", "I", (c) => c.toggleItalic(), (e) => e.isActive("italic")],
  ["heading", "H", (c) => c.toggleHeading({ level: 3 }), (e) => e.isActive("heading", { level: 3 })],
  ["subheading", "h", (c) => c.toggleHeading({ level: 4 }), (e) => e.isActive("heading", { level: 4 })],
  ["bullets", "•", (c) => c.toggleBulletList(), (e) => e.isActive("bulletList")],
  ["numbers", "1.", (c) => c.toggleOrderedList(), (e) => e.isActive("orderedList")],
  ["quote", "”", (c) => c.toggleBlockquote(), (e) => e.isActive("blockquote")],
  ["link", "↗", null, (e) => e.isActive("link")],
  ["undo", "↶", (c) => c.undo(), null],
  ["redo", "↷", (c) => c.redo(), null],
];

function buildToolbar(editor, words, label) {
  const toolbar = make("div", { class: "richtext-toolbar", role: "toolbar" });
  toolbar.setAttribute("aria-label", label ? `${words.toolbar}: ${label}` : words.toolbar);
  const buttons = BUTTONS.map(([name, sign, command, isActive]) => {
    const button = make("button", { type: "button", title: words[name], "aria-label": words[name] }, sign);
    button.classList.add(`richtext-${name}`);
    button.addEventListener("click", () => {
      if (name === "link") toolbar.nextElementSibling.open();
      else command(backToText(editor)).run();
    });
    toolbar.append(button);
    return { button, isActive };
  });
  walkByArrows(toolbar);
  const refresh = () => {
    buttons.forEach(({ button, isActive }) => {
      if (isActive) button.setAttribute("aria-pressed", String(isActive(editor)));
    });
  };
  editor.on("transaction", refresh);
  refresh();
  return toolbar;
}

/* One stop for the Tab key, arrows inside, as the pattern of a toolbar asks. */
function walkByArrows(toolbar) {
  const buttons = [...toolbar.querySelectorAll("button")];
  const stopAt = (index) => buttons.forEach((button, at) => button.setAttribute("tabindex", at === index ? "0" : "-1"));
  stopAt(0);
  toolbar.addEventListener("focusin", (event) => stopAt(Math.max(0, buttons.indexOf(event.target))));
  toolbar.addEventListener("keydown", (event) => {
    const forward = document.dir === "rtl" ? -1 : 1;
    const step = { ArrowRight: forward, ArrowLeft: -forward }[event.key];
    const at = buttons.indexOf(document.activeElement);
    let next = step ? (at + step + buttons.length) % buttons.length : at;
    if (event.key === "Home") next = 0;
    if (event.key === "End") next = buttons.length - 1;
    if (next === at) return;
    event.preventDefault();
    buttons[next].focus();
  });
}

/* The address of a link, in a row of its own: no window over the form, no name in the form. */
function buildLinkRow(editor, words) {
  const row = make("div", { class: "richtext-link", hidden: "" });
  const id = `richtext-link-${(counter += 1)}`;
  const input = make("input", { type: "url", id, placeholder: "https://" });
  const set = make("button", { type: "button" }, words.set);
  const remove = make("button", { type: "button" }, words.remove);
  row.append(make("label", { for: id }, words.address), input, set, remove);
  const close = () => {
    row.hidden = true;
    editor.view.focus();
  };
  const apply = () => {
    const href = input.value.trim();
    if (!/^https?:\/\/\S+$/i.test(href)) {
      input.setCustomValidity("https://…");
      input.reportValidity();
      input.setCustomValidity("");
      return;
    }
    const chain = backToText(editor).extendMarkRange("link");
    if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    } else {
      chain.setMark("link", { href }).run();
    }
    close();
  };
  row.open = () => {
    row.hidden = !row.hidden;
    input.value = editor.getAttributes("link").href || "";
    remove.hidden = !editor.isActive("link");
    if (!row.hidden) input.focus();
  };
  row.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      apply();
    }
    if (event.key === "Escape") close();
  });
  set.addEventListener("click", apply);
  remove.addEventListener("click", () => {
    backToText(editor).extendMarkRange("link").unsetMark("link").run();
    close();
  });
  return row;
}

/* What a text holds no place for goes with the paste: how much that was is told below the text. */
function buildNote(frame, words) {
  const note = make("p", { class: "richtext-note", role: "status" });
  const tell = (event) => {
    const brought = event.clipboardData || event.dataTransfer;
    const html = brought.getData("text/html");
    const files = [...brought.items].filter((item) => item.type.startsWith("image/"));
    const count = html ? (html.match(/<(?:img|svg|video|object|embed)[\s/>]/gi) || []).length : files.length;
    note.textContent = count > 1 ? words.pictures.replace("%", count) : count ? words.picture : "";
  };
  frame.addEventListener("paste", tell, true);
  frame.addEventListener("drop", tell, true);
  return note;
}

/* --- The editor --------------------------------------------------------------------------- */

/* What a table is to the server too: rows and cells, without widths. */
function tableOf(kit) {
  const table = kit.Table.extend({ renderHTML: () => ["table", ["tbody", 0]] });
  return [table.configure({ resizable: false }), kit.TableRow, kit.TableHeader, kit.TableCell];
}

function describe(textarea) {
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  const attributes = { role: "textbox", "aria-multiline": "true", class: "richtext-area" };
  if (label) {
    label.id = label.id || `${textarea.id}_label`;
    attributes["aria-labelledby"] = label.id;
  }
  const described = textarea.getAttribute("aria-describedby");
  if (described) attributes["aria-describedby"] = described;
  if (textarea.getAttribute("aria-invalid")) attributes["aria-invalid"] = "true";
  return { label, attributes };
}

function edit(kit, textarea) {
  const words = readWords(textarea);
  const { label, attributes } = describe(textarea);
  const frame = make("div", { class: "richtext" });
  const editor = new kit.Editor({
    element: frame,
    injectCSS: false,
    editable: !textarea.disabled && !textarea.readOnly,
    content: textarea.value,
    editorProps: { attributes },
    extensions: [
      kit.Document,
      kit.Paragraph,
      kit.Text,
      kit.HardBreak,
      kit.Bold,
      kit.Italic,
      kit.Superscript,
      kit.Subscript,
      ...tableOf(kit),
      kit.Heading.configure({ levels: [3, 4] }),
      kit.BulletList,
      kit.OrderedList,
      kit.ListItem,
      kit.Blockquote,
      kit.Link.configure({ openOnClick: false, autolink: false, protocols: ["http", "https"] }),
      kit.History,
    ],
    onUpdate() {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const row = buildLinkRow(editor, words);
  frame.prepend(buildToolbar(editor, words, label ? label.textContent.trim().replace(/:$/, "") : ""), row);
  frame.append(buildNote(frame, words));
  const hadFocus = document.activeElement === textarea;
  textarea.after(frame);
  textarea.hidden = true;
  if (hadFocus) editor.view.focus();
  textarea.richtext = editor;
  if (label) label.addEventListener("click", () => editor.view.focus());
  textarea.addEventListener("change", () => {
    if (textarea.value !== editor.getHTML()) editor.commands.setContent(textarea.value);
  });
}

async function start(root) {
  const fields = [...root.querySelectorAll(FIELDS)].filter(
    (field) => !field.id.includes("__prefix__") && !field.richtext && !field.dataset.richtextStarted,
  );
  if (!fields.length) return;
  fields.forEach((field) => (field.dataset.richtextStarted = ""));
  const kit = await import(new URL(fields[0].dataset.richtext, document.baseURI).href);
  fields.forEach((field) => edit(kit, field));
}

start(document);
document.addEventListener("formset:added", (event) => start(event.target));
