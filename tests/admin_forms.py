"""Builds the data that a browser sends from the forms of Wagtail's admin."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Model
from lxml import html
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data

Data = dict[str, Any]


def fields_of(response: Any, form_id: str = "page-edit-form") -> Data:
    """Return every field of a form with its current value, without the body, which is drawn by JavaScript."""
    document = html.fromstring(response.content)
    # Fields in a <template> do not count, except the schedule's dates, which a script moves into the form on loading.
    elsewhere = "ancestor::template[not(@data-w-teleport-target-value='[data-edit-form]')]"
    data: Data = {}
    for field in document.xpath(
        f"//form[@id='{form_id}']//*[self::input or self::select or self::textarea][@name][not({elsewhere})]"
        f" | //*[@form='{form_id}'][@name]"
    ):
        for name, value in field_data(field).items():
            several = field.get("type") == "checkbox" and name in data
            data[name] = [*_listed(data[name]), value] if several else value
    assert data, f"no form {form_id}"
    return data


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def field_data(field: Any) -> Data:
    name, kind = field.get("name"), field.get("type")
    if field.tag == "textarea":
        return {name: field.text or ""}
    if field.tag == "select":
        chosen = field.xpath(".//option[@selected]/@value")
        if field.get("multiple") is not None:
            return {name: [str(value) for value in chosen]}
        return {name: str((chosen or field.xpath("(.//option)[1]/@value") or [""])[0])}
    if kind in ("checkbox", "radio"):
        return {name: field.get("value", "on")} if field.get("checked") is not None else {}
    return {} if kind in ("submit", "button", "file") else {name: field.get("value", "")}


def body_data(page: Page, body: list[Data] | None = None) -> Data:
    """Return what the form of a page sends for its body, or for another one, given in its stored form."""
    block = page._meta.get_field("body").stream_block
    value = page.body if body is None else block.to_python(body)
    data: Data = nested_form_data({"body": block_data(block, block.get_form_state(value))})
    return data


def block_data(block: blocks.Block, state: Any) -> Any:
    """Return what a block sends, made from the state that Wagtail passes to the editor in the browser."""
    if isinstance(block, blocks.StreamBlock):
        return _sequence([(block.child_blocks[item["type"]], item) for item in state])
    if isinstance(block, blocks.ListBlock):
        return _sequence([(block.child_block, item) for item in state])
    if isinstance(block, blocks.StructBlock):
        return {
            name: block_data(child, state[name])
            for name, child in block.child_blocks.items()
            if not isinstance(child, blocks.BooleanBlock) or state[name]
        }
    if isinstance(block, blocks.ChooserBlock):
        return str(state["id"]) if state else ""
    if isinstance(block, blocks.ChoiceBlock):
        return str(state[0])
    if isinstance(block, TableBlock):
        return json.dumps(state)
    return "" if state is None else str(state)


def _sequence(items: list[tuple[blocks.Block, Data]]) -> Data:
    data: Data = {"count": str(len(items))}
    for number, (block, item) in enumerate(items):
        value = block_data(block, item["value"])
        data[str(number)] = {"deleted": "", "order": str(number), "id": item.get("id") or "", "value": value} | (
            {"type": item["type"]} if "type" in item else {}
        )
    return data


def page_data(fields: Data) -> Data:
    """Return what the form sends for values of a page's fields, except its body."""
    data: Data = {}
    for name, value in fields.items():
        if name == "body":
            continue
        if value and isinstance(value, list) and isinstance(value[0], Model) and value[0].pk is None:
            data |= _children(name, value)
        elif isinstance(value, list):
            data[name] = [str(getattr(item, "pk", item)) for item in value]
        elif isinstance(value, bool):
            data |= {name: "on"} if value else {}
        else:
            data[name] = str(getattr(value, "pk", value))
    return data


def _children(name: str, children: list[Model]) -> Data:
    data: Data = {f"{name}-TOTAL_FORMS": str(len(children))}
    for number, child in enumerate(children):
        values = {
            field.name: getattr(child, field.attname)
            for field in child._meta.concrete_fields
            if field.editable and field.name not in ("id", "sort_order") and getattr(child, field.attname) is not None
        }
        data |= {f"{name}-{number}-{key}": str(value) for key, value in values.items()}
        data |= {f"{name}-{number}-id": "", f"{name}-{number}-ORDER": str(number + 1), f"{name}-{number}-DELETE": ""}
    return data
