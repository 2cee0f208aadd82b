"""Django's generic classes, to derive from: only for the type checker do they take parameters."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed

if TYPE_CHECKING:
    DjangoBaseModelAdmin = BaseModelAdmin[Any]
    DjangoFeed = Feed[Any, Any]
    DjangoFormSet = forms.BaseFormSet[forms.Form]
    DjangoInline = InlineModelAdmin[Any, Any]
    DjangoInlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
    DjangoModelAdmin = admin.ModelAdmin[Any]
    DjangoModelChoiceField = forms.ModelChoiceField[Any]
    DjangoModelForm = forms.ModelForm[Any]
    DjangoSitemap = Sitemap[Any]
    DjangoStackedInline = admin.StackedInline[Any, Any]
    DjangoTabularInline = admin.TabularInline[Any, Any]
else:
    DjangoBaseModelAdmin = BaseModelAdmin
    DjangoFeed = Feed
    DjangoFormSet = forms.BaseFormSet
    DjangoInline = InlineModelAdmin
    DjangoInlineFormSet = forms.BaseInlineFormSet
    DjangoModelAdmin = admin.ModelAdmin
    DjangoModelChoiceField = forms.ModelChoiceField
    DjangoModelForm = forms.ModelForm
    DjangoSitemap = Sitemap
    DjangoStackedInline = admin.StackedInline
    DjangoTabularInline = admin.TabularInline
