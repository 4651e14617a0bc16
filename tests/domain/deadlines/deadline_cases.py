"""Phrases, with what a careful officer would write into a calendar, the plan being for the year 2026."""

from dataclasses import dataclass

from domain.common.recurrence import Recurrence


def each_month(day: int, year: int = 2026) -> str:
    return " ".join(f"{year}-{month:02}-{day:02}" for month in range(1, 13))


@dataclass(frozen=True, slots=True)
class Case:
    phrase: str
    dates: str = ""
    recurrence: Recurrence = "unspecified"
    window: str = ""


TWICE: Recurrence = "half-yearly"
JUNE_DECEMBER = "2026-06-20 2026-12-20"
MONTH_ENDS = (
    "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30 "
    "2026-07-31 2026-08-31 2026-09-30 2026-10-31 2026-11-30 2026-12-31"
)
QUARTER_ENDS = "2026-03-31 2026-06-30 2026-09-30 2026-12-31"
AFTER_MONTHS = " ".join(f"2026-{month:02}-05" for month in range(2, 13)) + " 2027-01-05"
TABLE = (
    # one day
    Case("xong trước 15/6", "2026-06-15", "once"),
    Case("không muộn hơn ngày 15.6.2026", "2026-06-15", "once"),
    Case("không quá ngày 15-06-2026", "2026-06-15", "once"),
    Case("chậm nhất là ngày 15 (mười lăm) tháng 6 (sáu) năm 2026", "2026-06-15", "once"),
    Case("đến hết ngày 15 tháng 6", "2026-06-15", "once"),
    Case("hạn cuối: 30/6", "2026-06-30", "once"),
    Case("trước ngày 20 tháng sáu", "2026-06-20", "once"),
    Case("15/6/26", "2026-06-15", "once"),
    Case("trước ngày 10/01/2027", "2027-01-10", "once"),
    Case("trước ngày 15/6 hoặc 20/6", "2026-06-20", "once"),
    Case("trước năm 2027", "2026-12-31", "once"),
    # several days of the year
    Case("ngày 20/6 và ngày 20/12", JUNE_DECEMBER, TWICE),
    Case("trước ngày 20/6 (báo cáo 6 tháng) và trước ngày 20/12 (báo cáo năm)", JUNE_DECEMBER, TWICE),
    Case("ngày 20 tháng 6, 20 tháng 12", JUNE_DECEMBER, TWICE),
    Case("ngày 20 các tháng 6, 12 hằng năm", JUNE_DECEMBER, TWICE),
    Case("trước ngày 20 tháng 6 và tháng 12", JUNE_DECEMBER, TWICE),
    Case(
        "trước ngày 5 tháng 4, 7, 10 và tháng 01 năm sau",
        "2026-04-05 2026-07-05 2026-10-05 2027-01-05",
        "quarterly",
    ),
    Case("20/3; 20/6; 20/9; 20/12", "2026-03-20 2026-06-20 2026-09-20 2026-12-20", "quarterly"),
    Case("báo cáo 6 tháng trước 15/6, báo cáo năm trước 10/01/2027", "2026-06-15 2027-01-10", TWICE),
    Case("trước ngày 15/6, năm trước ngày 10/01 năm sau", "2026-06-15 2027-01-10", TWICE),
    Case("trước ngày 15/12/2025 và 15/6", "2025-12-15 2026-06-15", TWICE),
    Case("hoàn thành trước 30/6, gửi báo cáo trước 15/7", "2026-06-30 2026-07-15", "once"),
    Case("ngày 15/12 của năm báo cáo", "2026-12-15", "yearly"),
    Case("chậm nhất ngày 31/01 năm liền kề", "2027-01-31", "yearly"),
    # days that come again
    Case("Hằng tháng, trước ngày 25", each_month(25), "monthly"),
    Case("mỗi tháng chậm nhất vào ngày 25", each_month(25), "monthly"),
    Case("mùng 5 hàng tháng", each_month(5), "monthly"),
    Case("ngày 31 hằng tháng", MONTH_ENDS, "monthly"),
    Case("ngày cuối cùng của tháng", MONTH_ENDS, "monthly"),
    Case("cuối mỗi tháng", MONTH_ENDS, "monthly"),
    Case("trước ngày 5 của tháng kế tiếp", AFTER_MONTHS, "monthly"),
    Case("trước ngày 05 tháng sau liền kề", AFTER_MONTHS, "monthly"),
    Case(
        "Báo cáo quý trước ngày 15 của tháng cuối quý",
        "2026-03-15 2026-06-15 2026-09-15 2026-12-15",
        "quarterly",
    ),
    Case(
        "hằng quý, trước ngày 25 tháng thứ ba",
        "2026-03-25 2026-06-25 2026-09-25 2026-12-25",
        "quarterly",
    ),
    Case(
        "trước ngày 10 tháng đầu của quý tiếp theo",
        "2026-04-10 2026-07-10 2026-10-10 2027-01-10",
        "quarterly",
    ),
    Case("trước ngày 10 của quý sau", "2026-04-10 2026-07-10 2026-10-10 2027-01-10", "quarterly"),
    Case(
        "trước ngày 10 của tháng sau quý báo cáo",
        "2026-04-10 2026-07-10 2026-10-10 2027-01-10",
        "quarterly",
    ),
    Case("trong 10 ngày đầu của tháng", each_month(10), "monthly"),
    Case("ngày 30 tháng cuối 6 tháng", "2026-06-30 2026-12-30", TWICE),
    Case("trước ngày 5 tháng thứ 9 của quý"),
    Case("cuối quý", QUARTER_ENDS, "quarterly"),
    Case("đầu quý", "2026-01-31 2026-04-30 2026-07-31 2026-10-31", "quarterly"),
    Case("ngày làm việc cuối cùng của quý", "2026-03-31 2026-06-30 2026-09-30 2026-12-31", "quarterly"),
    Case("ngày cuối cùng của tháng 6 và tháng 12", "2026-06-30 2026-12-31", TWICE),
    Case("ngày cuối cùng của quý I, quý III năm 2026", "2026-03-31 2026-09-30", TWICE),
    Case("ngày làm việc cuối cùng của tháng 5", "2026-05-29", "once"),
    Case(
        "hằng quý (trước ngày 25 tháng cuối quý), năm (trước ngày 25/12)",
        "2026-03-25 2026-06-25 2026-09-25 2026-12-25",
        "quarterly",
    ),
    # stretches
    Case("trong tháng 9", "2026-09-30", "once", "2026-09-01 2026-09-30"),
    Case("quý một", "2026-03-31", "once", "2026-01-01 2026-03-31"),
    Case("QII/2026", "2026-06-30", "once", "2026-04-01 2026-06-30"),
    Case("quý I, II", "2026-06-30", "once", "2026-01-01 2026-06-30"),
    Case("Quý II - Quý IV năm 2026", "2026-12-31", "once", "2026-04-01 2026-12-31"),
    Case("quý II và quý IV", "2026-06-30 2026-12-31", TWICE),
    Case("báo cáo quý I, quý II", "2026-03-31 2026-06-30", TWICE),
    Case("tháng 6, tháng 12", "2026-06-30 2026-12-31", TWICE),
    Case("tháng 3, 6, 9, 12", QUARTER_ENDS, "quarterly"),
    Case("quý I, II, III và IV", QUARTER_ENDS, "quarterly"),
    Case("quý Ⅲ", "2026-09-30", "once", "2026-07-01 2026-09-30"),
    Case("tháng 5, 6, 7", "2026-07-31", "once", "2026-05-01 2026-07-31"),
    Case("tháng 5-7/2026", "2026-07-31", "once", "2026-05-01 2026-07-31"),
    Case("đầu quý III", "2026-07-31", "once"),
    Case("trung tuần tháng 6", "2026-06-20", "once"),
    Case("tuần thứ hai của tháng 6", "2026-06-14", "once", "2026-06-08 2026-06-14"),
    Case("trước tháng 10", "2026-09-30", "once"),
    Case("trước tháng 1 năm 2027", "2026-12-31", "once"),
    Case("6 tháng cuối năm", "2026-12-31", "once", "2026-07-01 2026-12-31"),
    Case("9 tháng đầu năm", "2026-09-30", "once", "2026-01-01 2026-09-30"),
    Case("9 tháng", "2026-09-30", "once", "2026-01-01 2026-09-30"),
    Case("cuối năm", "2026-12-31", "once"),
    Case("từ ngày 1/5 đến ngày 30/6", "2026-06-30", "once", "2026-05-01 2026-06-30"),
    Case("từ 15 đến hết ngày 20 tháng 6", "2026-06-20", "once", "2026-06-15 2026-06-20"),
    Case("15/6 - 20/6", "2026-06-20", "once", "2026-06-15 2026-06-20"),
    Case("từ tháng 10/2025 đến tháng 3/2026", "2026-03-31", "once", "2025-10-01 2026-03-31"),
    Case("từ quý II đến hết năm 2026", "2026-12-31", "once", "2026-04-01 2026-12-31"),
    # a report's own stretch is no deadline beside a day
    Case("Báo cáo 6 tháng đầu năm trước ngày 15/6", "2026-06-15", "once"),
    Case("báo cáo tháng 9 gửi trước ngày 20/9", "2026-09-20", "once"),
    Case("Báo cáo năm trước ngày 15/12", "2026-12-15", "once"),
    # figures
    Case("số liệu tính từ 15/12/2025 đến 14/6/2026", window="2025-12-15 2026-06-14"),
    Case(
        "số liệu tính từ 15/12/2025 đến 14/6/2026, gửi trước ngày 20/6",
        "2026-06-20",
        "once",
        "2025-12-15 2026-06-14",
    ),
    Case("tính từ ngày 15 tháng trước đến ngày 14 của tháng thuộc kỳ báo cáo"),
    # how often
    Case("hằng ngày", recurrence="daily"),
    Case("01 chuyên mục/tuần", recurrence="weekly"),
    Case("mỗi tháng 2 lần", recurrence="monthly"),
    Case("định kỳ quý", recurrence="quarterly"),
    Case("3 tháng một lần", recurrence="quarterly"),
    Case("02 lần/năm", recurrence="half-yearly"),
    Case("hằng tháng, quý, năm", recurrence="monthly"),
    Case("báo cáo 6 tháng và năm", recurrence="half-yearly"),
    Case("hai tuần một lần"),
    Case("hằng tuần trong quý II", recurrence="weekly", window="2026-04-01 2026-06-30"),
    # open time
    Case("giai đoạn 2026 - 2030", recurrence="continuous", window="2026-01-01 2030-12-31"),
    Case("từ nay đến hết năm 2028", recurrence="continuous", window="2026-01-01 2028-12-31"),
    Case("kể từ tháng 7", recurrence="continuous", window="2026-07-01 2026-12-31"),
    Case("trong năm", recurrence="continuous", window="2026-01-01 2026-12-31"),
    Case("trực 24/7", recurrence="continuous"),
    Case("khi có phát sinh", recurrence="ad hoc"),
    # counted from a day that is not told
    Case("sau 15 ngày kể từ ngày ban hành"),
    Case("trong vòng 05 ngày làm việc kể từ ngày ký"),
    Case("chậm nhất 10 ngày sau khi kết thúc"),
    # look-alikes
    Case("căn cứ Quyết định số 12/QĐ-UBND ngày 03/02/2026"),
    Case("theo Công văn 45-CV/TU ngày 3 tháng 2 năm 2026"),
    Case("tại Hội nghị ngày 12/5/2017"),
    Case("thứ Sáu thứ 6 của tháng"),
    Case("Luật Lưu trữ ngày 21/6/2024"),
    Case("bản ghi nhớ ký ngày 05/3/2026"),
    Case("có hiệu lực kể từ ngày 01/7/2026"),
    Case("kỷ niệm 40 năm thành lập (12/7/1986 - 12/7/2026)"),
    Case("Chiến lược phát triển giai đoạn 2021-2030"),
    Case("chiến lược đến năm 2030"),
    Case("đạt 3/4 chỉ tiêu"),
    Case("theo khoản 3.1 mục II"),
    Case("theo quy định"),
    # the calendar has no such day
    Case("trước ngày 31/6"),
    Case("trước ngày 29/02/2027"),
    Case("trước ngày 29/2"),
    Case("tháng 13"),
)
