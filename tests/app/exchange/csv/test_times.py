from datetime import UTC, datetime

import numpy as np
import pytest

from musicrec_core.app.exchange.csv.times import TimeColumn

NOON = datetime(2023, 1, 5, 12, tzinfo=UTC).timestamp()


def seconds(*cells: str) -> list[float]:
    column = TimeColumn()
    for cell in cells:
        column.take(cell)
    return column.seconds().tolist()


@pytest.mark.parametrize(
    "text",
    [
        "2023-01-05T12:00:00Z",
        "2023-01-05 12:00:00",
        "2023-01-05T14:00:00+02:00",
        "2023-01-05 12:00:00 UTC",
        "2023/01/05 12:00",
        "2023-01-05 07:00:00 -0500",
        "05 Jan 2023, 12:00",
        "5 January 2023 12:00:00 GMT",
        "Thu, 05 Jan 2023 13:00:00 +0100",
        "Jan 5, 2023 12:00 PM",
        "05.01.2023 12:00:00",
        "05/01/2023 12:00:00 +00:00",
        "1672920000",
        "1672920000000",
        "1672920000000000",
        "1672920000000000000",
        "44931.5",
        "44931,5",
    ],
)
def test_a_time_is_read_as_exports_and_spreadsheets_write_it(text: str) -> None:
    assert seconds(text) == pytest.approx([NOON], rel=0, abs=0.01)


def test_the_order_of_day_and_month_is_told_by_the_whole_column() -> None:
    january, may = datetime(2023, 1, 5, tzinfo=UTC), datetime(2023, 5, 1, tzinfo=UTC)
    assert seconds("05/01/2023", "26/02/2019")[0] == january.timestamp()
    assert seconds("05/01/2023", "02/26/2019")[0] == may.timestamp()
    assert seconds("05/01/2023", "02/26/2019", "26/02/2019", "02/27/2019")[0] == may.timestamp()


def test_small_numbers_among_larger_ones_are_seconds_and_not_days() -> None:
    assert seconds("44931", "100") == [44931, 100]


@pytest.mark.parametrize("text", ["yesterday", "30/30/2023", "31 Feb 2023", "12:00", "inf", "a:b"])
def test_what_is_no_time_is_unknown(text: str) -> None:
    column = TimeColumn()
    assert not column.take(text)
    assert np.isnan(column.seconds()).all()
    assert TimeColumn().take(" ")
