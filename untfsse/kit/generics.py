"""Django's generic classes, to derive from: only for the type checker do they take parameters."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.postgres.fields import ArrayField
from django.db import models

if TYPE_CHECKING:
    DjangoArrayField = ArrayField[Any, Any]
    DjangoBaseModelAdmin = BaseModelAdmin[Any]
    DjangoCharField = models.CharField[Any, Any]
    DjangoFormSet = forms.BaseFormSet[forms.Form]
    DjangoInline = InlineModelAdmin[Any, Any]
    DjangoInlineFormSet = forms.BaseInlineFormSet[Any, Any, Any]
    DjangoJSONField = models.JSONField[Any, Any]
    DjangoModelAdmin = admin.ModelAdmin[Any]
    DjangoModelChoiceField = forms.ModelChoiceField[Any]
    DjangoModelForm = forms.ModelForm[Any]
    DjangoModelMultipleChoiceField = forms.ModelMultipleChoiceField[Any]
    DjangoStackedInline = admin.StackedInline[Any, Any]
    DjangoTabularInline = admin.TabularInline[Any, Any]
    DjangoTextField = models.TextField[Any, str]
else:
    DjangoArrayField = ArrayField
    DjangoBaseModelAdmin = BaseModelAdmin
    DjangoCharField = models.CharField
    DjangoFormSet = forms.BaseFormSet
    DjangoInline = InlineModelAdmin
    DjangoInlineFormSet = forms.BaseInlineFormSet
    DjangoJSONField = models.JSONField
    DjangoModelAdmin = admin.ModelAdmin
    DjangoModelChoiceField = forms.ModelChoiceField
    DjangoModelForm = forms.ModelForm
    DjangoModelMultipleChoiceField = forms.ModelMultipleChoiceField
    DjangoStackedInline = admin.StackedInline
    DjangoTabularInline = admin.TabularInline
    DjangoTextField = models.TextField
