"""What the head of a form and its title say: name, kind, department and unit."""

from ingest.forms.head.damaged_names import body_in_head
from ingest.forms.layout.boundaries import RawForm
from ingest.forms.layout.contacts import without_contacts
from ingest.forms.layout.printed_labels import value_of
from ingest.values.project_names import code_in_name, project_code
from ingest.values.project_names import project_name as name_without_code
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import form_weights


def project_name(form: RawForm) -> str | None:
    """The name cell; where a form has both, 项目名称 and not the department's."""
    for key in ("project", "department"):
        if name := head_value(form, key):
            return name
    return form.name_in_title


def code_of_project(form: RawForm) -> str | None:
    """The code in its cell, else that before the name."""
    named, printed = (
        next((value for row in form.rows if (value := value_of(row, key, form.spec))), "")
        for key in ("project", "project_code")
    )
    return project_code(printed) or code_in_name(named)


def name_from_prose(form: RawForm, prose: str) -> str | None:
    """The body that its own form names in a damaged row and the document's prose elsewhere."""
    head = [row.text for row in form.rows[: form_weights().boundaries.head_rows]]
    return body_in_head(head, prose) if _is_of_whole_body(form) else None


def kind_of(form: RawForm) -> str:
    """project or department. A form that names a department and no project is the department's, and so is one whose
    title says 整体."""
    names_department = head_value(form, "department") and not head_value(form, "project")
    return "department" if names_department or _is_of_whole_body(form) else "project"


def head_value(form: RawForm, key: str) -> str | None:
    """The words behind the label of a project, department or unit, without its code and without any contact."""
    found = next((value for row in form.rows if (value := value_of(row, key, form.spec))), None)
    return (without_contacts(name_without_code(found)) or None) if found else None


def _is_of_whole_body(form: RawForm) -> bool:
    return wordings().titles.of_whole_body in (form.title or "")
