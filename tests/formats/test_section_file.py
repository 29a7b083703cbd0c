from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deck_files import write_deck
from drafts import NOWHERE, sections
from offhand.formats.draft import DraftEntry, DraftSection
from offhand.formats.fault import Faulty
from offhand.formats.yaml.deck import read_section
from offhand.formats.yaml.section_file import section_file
from offhand.formats.yaml.written import Header


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200
)
@given(section=sections, both_ways=st.booleans())
def test_what_is_told_of_a_section_is_what_its_file_is_read_as(
    tmp_path: Path, section: DraftSection, both_ways: bool
) -> None:
    path = tmp_path / "01-section.yaml"
    header = Header("things", "Things", "", both_ways)
    told = section_file(section, path, header)
    write_deck(tmp_path, told.text.encode(), path.name)
    assert read_section(path, header) == (told.section, [])


def test_what_the_reader_would_refuse_is_refused() -> None:
    entry = DraftEntry(NOWHERE, term="a", definition="b", cloze=("no hole",))
    with pytest.raises(Faulty, match="The cloze has no hole"):
        section_file(DraftSection("S", (entry,)), Path("s.yaml"), Header("d", "D", "", False))
