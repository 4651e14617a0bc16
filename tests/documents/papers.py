"""What the tests of writing share: a report and a letter of the invented province."""

from dataclasses import replace
from datetime import date

from documents.writing.forms import Cited, Count, IssuingBody, Remark, Signer
from documents.writing.letter_document import Letter, Overdue
from documents.writing.report_document import AnnexRow, Report, ReportFigures, ReportItem, ReportPart
from domain.assignments.lifecycle import Tally

CULTURE, FOREIGN, TRADE = "Sở Văn hóa, Thể thao và Du lịch", "Sở Ngoại vụ", "Sở Công Thương"
RELIGIONS = "Ban Dân tộc và Tôn giáo"
MEETINGS = (Count(2, "hội nghị"), Count(140, "lượt người"))
PLAN = Cited("Kế hoạch công tác thông tin đối ngoại tỉnh Hà Khê năm 2026", "17/KH-UBND", date(2026, 3, 5))

REPORT = Report(
    sender=IssuingBody("UBND tỉnh Hà Khê", CULTURE, "Hà Khê", "BC-SVHTTDL"),
    signer=Signer(("KT. Giám đốc", "Phó Giám đốc")),
    subject="Kết quả công tác thông tin đối ngoại tỉnh Hà Khê 6 tháng đầu năm 2026",
    addressees=("Ủy ban nhân dân tỉnh Hà Khê",),
    plan=PLAN,
    period="6 tháng đầu năm 2026",
    figures=ReportFigures(date(2026, 6, 16), 21, 23, Tally(41, 2, 24, 3)),
    parts=(
        ReportPart(
            "II.1",
            "Kiện toàn đầu mối thông tin đối ngoại",
            (
                ReportItem(
                    "Rà soát, lập danh sách đầu mối thông tin đối ngoại của các sở, ban, ngành và các xã.",
                    (Remark((CULTURE,), "đã lập danh sách 68 đầu mối, gửi các đơn vị ngày 12/4"),),
                ),
                ReportItem(
                    "Tổ chức hội nghị tập huấn nghiệp vụ thông tin đối ngoại.",
                    (
                        Remark((FOREIGN,), "đã tổ chức 02 hội nghị, 140 người dự", MEETINGS),
                        Remark((TRADE, RELIGIONS), "tổ chức 01 hội nghị", (Count(1, "hội nghị"),)),
                    ),
                ),
            ),
        ),
        ReportPart(
            "II.2",
            "Quảng bá hình ảnh của tỉnh",
            (
                ReportItem("Đăng tin, bài bằng tiếng nước ngoài trên Trang thông tin điện tử của tỉnh.", ()),
                ReportItem(
                    "Mời phóng viên nước ngoài thăm vùng chè.",
                    (Remark((FOREIGN,), "đang làm thủ tục <mời> R&D; dự kiến tháng 7"),),
                ),
            ),
        ),
    ),
    difficulties=(Remark((FOREIGN, TRADE), "kinh phí được giao chậm, đến tháng 5 mới có"),),
    proposals=(Remark((CULTURE,), "đề nghị cấp bổ sung kinh phí biên dịch ấn phẩm"),),
    annex=(
        AnnexRow("Đài Phát thanh và Truyền hình tỉnh", 5, 0, 3, "Chưa báo cáo"),
        AnnexRow(FOREIGN, 5, 4, 0, "Đang thực hiện"),
        AnnexRow(CULTURE, 9, 9, 0, "Hoàn thành"),
    ),
    recipients=("Sở Ngoại vụ (để phối hợp)",),
)

LETTER = Letter(
    sender=replace(REPORT.sender, suffix="SVHTTDL-QLTTBC"),
    signer=REPORT.signer,
    subject="đôn đốc thực hiện Kế hoạch công tác thông tin đối ngoại năm 2026",
    addressees=("Đài Phát thanh và Truyền hình tỉnh",),
    plan=PLAN,
    as_of=date(2026, 7, 1),
    overdue=(
        Overdue("Báo cáo kết quả 6 tháng đầu năm 2026", date(2026, 6, 15), date(2026, 6, 15), 16),
        Overdue("Xây dựng chuyên mục tiếng Anh.", date(2026, 6, 25), date(2026, 6, 10), 6),
    ),
    answer_by=date(2026, 7, 8),
    recipients=("UBND tỉnh (để báo cáo)",),
)


def large_report(units: int, duties: int) -> Report:
    """A report in which each of so many units has said a sentence on each of so many duties."""
    names = tuple(f"Ủy ban nhân dân xã Nậm Khê {n}" for n in range(1, units + 1))
    parts = tuple(
        ReportPart(
            f"III.{at}",
            f"Nhiệm vụ của {name}",
            tuple(
                ReportItem(
                    f"Nhiệm vụ {duty}: quảng bá hình ảnh của xã tới bạn bè trong nước và quốc tế.",
                    (
                        Remark(
                            (name,),
                            f"đã đăng {duty} tin, bài; tổ chức 01 buổi nói chuyện tại nhà văn hóa thôn",
                        ),
                    ),
                )
                for duty in range(1, duties + 1)
            ),
        )
        for at, name in enumerate(names, 1)
    )
    annex = tuple(AnnexRow(name, duties, duties - 1, 1, "Đang thực hiện") for name in names)
    return replace(REPORT, parts=parts, annex=annex)
