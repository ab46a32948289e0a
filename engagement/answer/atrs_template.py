"""The fields of the UK Algorithmic Transparency Recording Standard, version 3.0 (March 2024).

After the template that the Government Digital Service publishes (Open Government Licence v3.0).
"""

from __future__ import annotations

from dataclasses import dataclass

STANDARD = "Algorithmic Transparency Recording Standard"
VERSION = "3.0"
PUBLISHED = "March 2024"
TEMPLATE = "https://github.com/co-cddo/algorithmic-transparency-recording-standard"

METADATA, TITLE, TIER_1 = "Metadata", "Title Information", "Tier 1 Information"
OWNER, RATIONALE = "Owner and Responsibility", "Description and Rationale"
PROCESS, TOOL = "Decision-making Process", "Tool Specification"
MODEL, DATA = "Model Specification", "Data Specification"
RISKS = "Risks, mitigations and impact assessments"

SECTIONS = (
    (METADATA, "0", 1),
    (TITLE, "0", 11),
    (TIER_1, "1", 1),
    (OWNER, "2.1", 1),
    (RATIONALE, "2.2", 1),
    (PROCESS, "2.3", 1),
    (TOOL, "2.4.1", 1),
    (MODEL, "2.4.2", 1),
    (DATA, "2.4.3", 1),
    (RISKS, "2.5", 1),
)
"""Each section, what its reference numbers begin with, and its first number."""

NAMES = {
    METADATA: (
        "ID", "Standard version", "Organisation type", "Function", "Capability", "Task", "Tags",
        "Date of completion", "Date updated", "Date archived",
    ),
    TITLE: ("Title", "Organisation name", "Phase", "Region", "One sentence description"),
    TIER_1: ("Name", "Description", "Website URL", "Contact email"),
    OWNER: (
        "Organisation or department", "Team", "Senior responsible owner", "External supplier involvement",
        "External supplier", "Companies House Number", "External supplier role",
        "Procurement procedure type", "Data access terms",
    ),
    RATIONALE: (
        "Detailed description", "Scope", "Benefit", "Previous process", "Alternatives considered",
    ),
    PROCESS: (
        "Process integration", "Provided information", "Frequency and scale of usage",
        "Human decisions and review", "Required training", "Appeals and review",
    ),
    TOOL: ("System architecture", "Phase", "Maintenance", "Models"),
    MODEL: (
        "Model name", "Model version", "Model task", "Model input", "Model output", "Model architecture",
        "Model performance", "Datasets", "Dataset purposes",
    ),
    DATA: (
        "Source data name", "Data modality", "Data description", "Data quantities", "Sensitive attributes",
        "Data completeness and representativeness", "Source data URL", "Data collection", "Data cleaning",
        "Data sharing agreements", "Data access and storage",
    ),
    RISKS: ("Impact assessment", "Risks and mitigations"),
}  # fmt: skip

OF_A_SUPPLIER = NAMES[OWNER][4:]
OPTIONAL = {
    *OF_A_SUPPLIER,
    "Detailed description", "Previous process", "Alternatives considered", "Appeals and review",
    "Data cleaning",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field of the standard. ``attribute`` is its machine name, ``key`` is unique in the whole record."""

    reference: str
    attribute: str
    name: str
    section: str
    is_required: bool

    @property
    def tier(self) -> str:
        """Tell the tier, "N/A" for what stands before both."""
        return "N/A" if self.section in (METADATA, TITLE) else "1" if self.section == TIER_1 else "2"

    @property
    def key(self) -> str:
        """Give number and attribute together: "phase" stands in two sections."""
        return f"{self.reference} {self.attribute}"


def list_fields() -> tuple[Field, ...]:
    """List every field of the standard, in its order."""
    return tuple(
        Field(
            _number(section, start, first, place), _write_attribute(name), name, section, name not in OPTIONAL
        )
        for section, start, first in SECTIONS
        for place, name in enumerate(NAMES[section])
    )


def _number(section: str, start: str, first: int, place: int) -> str:
    """Give the number of a field; those about a supplier stand below the question for one (2.1.4)."""
    if section == OWNER and NAMES[OWNER][place] in OF_A_SUPPLIER:
        return f"{start}.4.{place - 3}"
    return f"{start}.{first + place}"


def _write_attribute(name: str) -> str:
    return name.lower().replace(" ", "_").replace("-", "_")
