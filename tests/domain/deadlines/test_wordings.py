"""Ways of wording a deadline, one a line: the phrase, its dates, how often, its window.

Dates are day/month of 2026, or bear their year. "M25" is the 25th of each month, "N5" the 5th of the month after
each, "Q3-15" the 15th of the last month of each quarter, "Q1+5" the 5th of the month after each quarter. Of a
window "*" says that it is not looked at.
"""

# The lines of a table are as long as they are.
# ruff: noqa: E501

from collections.abc import Iterator
from datetime import date

import pytest

from domain.deadlines import read_deadline

WORDINGS = """
mỗi năm một lần trước ngày 30/11 | 30/11 | yearly |
Báo cáo thường niên |  | yearly |
mỗi năm hai kỳ báo cáo |  | half-yearly |
mỗi quý một kỳ |  | quarterly |
01 kỳ/tháng, gửi trước ngày 22 | M22 | monthly |
chiến dịch ra quân 22-28/6/2026 | 28/6 | once | 22/6 28/6
tổ chức hội nghị trong tháng 3, báo cáo trước ngày 05/4/2026 | 31/3 5/4 | once | *
số liệu trong tháng 3, báo cáo trước ngày 05/4/2026 | 5/4 | once | *
chậm nhất đến hết năm 2026 | 31/12 | once | *
mỗi quý 01 lần |  | quarterly |
mỗi quý một lần |  | quarterly |
01 lần/quý |  | quarterly |
ít nhất 01 lần/tháng |  | monthly |
ít nhất 2 lần/năm |  | half-yearly |
trước ngày 20 hằng tháng, từ tháng 3 đến tháng 9/2026 | 20/3 20/4 20/5 20/6 20/7 20/8 20/9 | monthly | *
từ tháng 3 đến tháng 9/2026, trước ngày 20 hằng tháng | 20/3 20/4 20/5 20/6 20/7 20/8 20/9 | monthly | *
trước ngày 25 hằng tháng, bắt đầu từ tháng 7/2026 | 25/7 25/8 25/9 25/10 25/11 25/12 | monthly | *
trước ngày 25 hằng tháng đến hết tháng 6/2026 | 25/1 25/2 25/3 25/4 25/5 25/6 | monthly | *
trước ngày 25 hằng tháng (riêng tháng 12 trước ngày 20) | 25/1 25/2 25/3 25/4 25/5 25/6 25/7 25/8 25/9 25/10 25/11 20/12 | monthly |
trước ngày 25 hằng tháng, riêng tháng 12 trước ngày 20/12 | 25/1 25/2 25/3 25/4 25/5 25/6 25/7 25/8 25/9 25/10 25/11 20/12 | monthly |
hằng tháng trước ngày 18, riêng báo cáo tháng 6 trước ngày 10/6 | 18/1 18/2 18/3 18/4 18/5 10/6 18/7 18/8 18/9 18/10 18/11 18/12 | monthly |
trước ngày 25 của tháng cuối quý, riêng quý IV trước ngày 15/12 | 25/3 25/6 25/9 15/12 | quarterly |
trước ngày 20 hằng tháng, trừ tháng 6 và tháng 12 | 20/1 20/2 20/3 20/4 20/5 20/7 20/8 20/9 20/10 20/11 | monthly |
trong 02 tháng 7 và 8/2026 | 31/8 | once | 1/7 31/8
trong 2 tháng (tháng 7 và tháng 8) | 31/8 | once | 1/7 31/8
trong 2 quý đầu năm | 30/6 | once | 1/1 30/6
trong 3 quý đầu năm 2026 | 30/9 | once | 1/1 30/9
2 quý cuối năm | 31/12 | once | 1/7 31/12
quý cuối năm | 31/12 | once | 1/10 31/12
quý đầu năm 2026 | 31/3 | once | 1/1 31/3
3 tháng đầu năm | 31/3 | once | 1/1 31/3
tuần thứ 2 tháng 6 | 14/6 | once | *
tuần đầu tháng 7 | 7/7 | once | *
tuần thứ nhất của tháng 3 năm 2026 | 7/3 | once | *
tuần cuối tháng 6/2026 | 30/6 | once | *
kỳ họp giữa năm của HĐND tỉnh |  | unspecified |
tại kỳ họp thường lệ cuối năm của HĐND tỉnh |  | unspecified |
trình kỳ họp thứ 5 HĐND tỉnh khóa XX |  | unspecified |
trình kỳ họp cuối năm 2026 của Hội đồng nhân dân tỉnh |  | unspecified |
kỳ họp cuối năm |  | unspecified |
ngày hai mươi tháng sáu | 20/6 | once |
trước ngày hai mươi lăm tháng mười hai | 25/12 | once |
chậm nhất ngày mùng năm tháng bảy | 5/7 | once |
ngày mười lăm hằng tháng | M15 | monthly |
trước ngày mồng một tháng mười | 1/10 | once |
trước ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm hai mươi sáu | 31/12 | once |
trước ngày hai mươi hằng tháng | M20 | monthly |
ngày hai mốt tháng tư | 21/4 | once |
hoàn thành trong tháng 8/2026, báo cáo tiến độ hằng quý | 31/8 | once | 1/8 31/8
xong trong quý II | 30/6 | once | 1/4 30/6
hoàn thành trong quý III, báo cáo hằng tháng | 30/9 | once | 1/7 30/9
hoàn thành trước ngày 30/9/2026, báo cáo hằng quý | 30/9 | once |
định kỳ hằng quý báo cáo, hoàn thành trong tháng 11/2026 | 30/11 | once | 1/11 30/11
không quá ngày 10/7 | 10/7 | once |
trước 30/11/2026 | 30/11 | once |
trước 30-11-2026 | 30/11 | once |
trước 30.11.2026 | 30/11 | once |
06/2026 | 30/6 | once | 1/6 30/6
Tháng 06/2026 | 30/6 | once | 1/6 30/6
T6/2026 | 30/6 | once | 1/6 30/6
trong T6-T7/2026 | 31/7 | once | 1/6 31/7
06/2026 - 09/2026 | 30/9 | once | 1/6 30/9
từ 06/2026 đến 09/2026 | 30/9 | once | 1/6 30/9
Quý I-II/2026 | 30/6 | once | 1/1 30/6
Quý 3/2026 | 30/9 | once | 1/7 30/9
Quý III, IV/2026 | 31/12 | once | 1/7 31/12
Q3/2026 | 30/9 | once | 1/7 30/9
III/2026 | 30/9 | once | 1/7 30/9
ngày 15 của tháng cuối quý | Q3-15 | quarterly |
ngày 15 tháng cuối của quý | Q3-15 | quarterly |
trước ngày 05 của tháng đầu quý sau | Q1+5 | quarterly |
trước ngày 5 tháng đầu tiên của quý tiếp theo | Q1+5 | quarterly |
chậm nhất ngày 10 tháng đầu quý kế tiếp | Q1+10 | quarterly |
trước ngày 15 tháng cuối mỗi quý | Q3-15 | quarterly |
quý: trước ngày 15 tháng cuối quý | Q3-15 | quarterly |
trước ngày 20 của tháng 3, 6, 9, 12 | Q3-20 | quarterly |
ngày 20/3, 20/6, 20/9, 20/12 hằng năm | Q3-20 | quarterly |
đầu tháng 6 | 10/6 | once |
giữa tháng 6 | 20/6 | once |
cuối tháng 6 | 30/6 | once |
giữa tháng 6/2026 | 20/6 | once |
cuối tháng 9 năm 2026 | 30/9 | once |
06 tháng, 01 năm |  | half-yearly |
6 tháng, năm |  | half-yearly |
hằng quý, 06 tháng, năm |  | quarterly |
tháng, quý, 6 tháng, năm |  | monthly |
định kỳ 6 tháng, 1 năm |  | half-yearly |
báo cáo 6 tháng, 1 năm |  | half-yearly |
6 tháng đầu năm | 30/6 | once | 1/1 30/6
9 tháng | 30/9 | once | 1/1 30/9
9 tháng đầu năm 2026 | 30/9 | once | 1/1 30/9
sau 15 ngày kể từ ngày ban hành |  | unspecified |
sau 15 ngày kể từ ngày ký |  | unspecified |
chậm nhất sau 10 ngày kể từ ngày kết thúc |  | unspecified |
trong vòng 10 ngày làm việc |  | unspecified |
trong vòng mười ngày kể từ khi nhận được văn bản |  | unspecified |
trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ |  | unspecified |
sau khi kết thúc hội nghị 03 ngày |  | unspecified |
rằm tháng Giêng âm lịch | 3/3 | once |
ngày 10/3 âm lịch | 26/4 | once |
mùng 10 tháng 3 âm lịch hằng năm | 26/4 | yearly |
trước Tết Nguyên đán |  | unspecified |
30/11 hằng năm | 30/11 | yearly |
báo cáo 02 lần/ngày |  | daily |
trước 19h00 hằng ngày |  | daily |
trước 16 giờ hằng ngày |  | daily |
trước 16h00 mỗi ngày |  | daily |
hai lần mỗi ngày |  | daily |
hàng ngày (trước 17h00) |  | daily |
đến thời điểm 0h00 ngày 01/01/2026 |  | unspecified | *
số liệu đến 0h00 ngày 01/7/2026 |  | unspecified | *
Từ tháng 10 năm 2026 đến hết tháng 3 năm 2027 | 31/3/2027 | once | 1/10/2026 31/3/2027
hằng năm, kiểm tra việc thực hiện; để tổng hợp, báo cáo |  | yearly |
Báo cáo giữa kỳ (năm 2028) | 31/12/2028 | once | *
định kỳ trước ngày 30/11 hằng năm | 30/11 | yearly |
Định kỳ hằng năm (trước ngày 30/11) | 30/11 | yearly |
Thời gian hoàn thành: trước ngày 31/5/2026 | 31/5 | once |
trước ngày 18 hằng tháng | M18 | monthly |
khi tổng kết |  | unspecified |
chậm nhất là 17h00 ngày 20/6/2026 | 20/6 | once |
đến hết ngày 30/6 | 30/6 | once |
đến hết tháng 6/2026 | 30/6 | once | *
hết quý II | 30/6 | once | *
hết tháng 6 | 30/6 | once | *
hết năm 2026 |  | continuous | *
đến hết năm 2026 |  | continuous | 1/1 31/12
từ nay đến hết năm |  | continuous | *
từ nay đến cuối năm | 31/12 | once | *
trước Đại hội |  | unspecified |
quý I hằng năm | 31/3 | yearly | *
trong quý I hằng năm | 31/3 | yearly | *
tháng 12 hằng năm | 31/12 | yearly | *
trước tháng 6 | 31/5 | once |
trước quý III | 30/6 | once |
trong Quý IV/2025 | 31/12/2025 | once | 1/10/2025 31/12/2025
tháng 7, tháng 8 năm 2026 | 31/8 | once | 1/7 31/8
tháng 6 hoặc tháng 7 | 31/7 | once | 1/6 31/7
trước ngày 05 tháng liền sau | N5 | monthly |
trước ngày 5 tháng sau của quý báo cáo | Q1+5 | quarterly |
trước ngày 03 của tháng tiếp theo tháng báo cáo | N3 | monthly |
trước ngày cuối cùng của tháng | 31/1 28/2 31/3 30/4 31/5 30/6 31/7 31/8 30/9 31/10 30/11 31/12 | monthly |
Tháng 11 hằng năm, bắt đầu từ năm 2026 | 30/11 | yearly | *
từ ngày 20 đến ngày 25 hằng tháng | M25 | monthly |
từ ngày 01 đến ngày 05 hằng tháng | M5 | monthly |
trong khoảng từ ngày 20 đến 25 hằng tháng | M25 | monthly |
từ ngày 15/5 đến ngày 15/6 hằng năm | 15/6 | yearly | *
từ 20/6 đến 25/6 | 25/6 | once | 20/6 25/6
01/5 - 30/6 | 30/6 | once | 1/5 30/6
01/5/2026-30/6/2026 | 30/6 | once | 1/5 30/6
từ 01/5/2026 - 30/6/2026 | 30/6 | once | 1/5 30/6
15-20/6 | 20/6 | once | 15/6 20/6
từ ngày 15-20/6/2026 | 20/6 | once | 15/6 20/6
từ ngày 15 đến 20/6/2026 | 20/6 | once | 15/6 20/6
Tháng 5 đến tháng 7 | 31/7 | once | 1/5 31/7
Từ tháng 5-7 | 31/7 | once | 1/5 31/7
tháng 5-7 | 31/7 | once | 1/5 31/7
quý II đến quý IV | 31/12 | once | 1/4 31/12
Từ quý II/2026 đến quý I/2027 | 31/3/2027 | once | 1/4/2026 31/3/2027
tháng 10/2026 - tháng 3/2027 | 31/3/2027 | once | 1/10/2026 31/3/2027
Từ quý II/2026 |  | continuous | 1/4 31/12
Từ tháng 3/2026 |  | continuous | 1/3 31/12
Bắt đầu từ tháng 3/2026 |  | continuous | 1/3 31/12
từ nay đến 30/6 | 30/6 | once | *
các quý trong năm |  | quarterly | *
hằng quý trong năm 2026 |  | quarterly | 1/1 31/12
các tháng trong năm |  | monthly | *
định kỳ hoặc đột xuất |  | ad hoc |
khi có yêu cầu |  | ad hoc |
khi có chỉ đạo của UBND tỉnh |  | ad hoc |
theo yêu cầu của cấp trên |  | ad hoc |
khi cần thiết |  | ad hoc |
đột xuất khi có tình huống |  | ad hoc |
khi có tình huống phát sinh |  | ad hoc |
thường xuyên, định kỳ hằng quý |  | quarterly |
thường xuyên, liên tục |  | continuous |
2 lần/tuần |  | weekly |
2 lần/quý |  | quarterly |
02 lần/tháng |  | monthly |
03 tháng/lần |  | quarterly |
06 tháng/lần |  | half-yearly |
01 lần/06 tháng |  | half-yearly |
01 tháng/lần |  | monthly |
tháng/lần |  | monthly |
12 tháng/lần |  | yearly |
1 năm 1 lần |  | yearly |
mỗi năm một lần |  | yearly |
mỗi năm 2 lần |  | half-yearly |
hằng quý ít nhất một lần |  | quarterly |
ít nhất mỗi tháng một lần |  | monthly |
2 năm một lần |  | unspecified |
báo cáo 6 tháng trước ngày 15/6; báo cáo năm trước ngày 15/12 | 15/6 15/12 | half-yearly |
Báo cáo quý I, II, III trước ngày 15 của tháng cuối quý; báo cáo năm trước ngày 15/12 | 15/3 15/6 15/9 15/12 | quarterly |
báo cáo quý I trước ngày 15/3, quý II trước ngày 15/6, 9 tháng trước ngày 15/9, năm trước ngày 15/12 | 15/3 15/6 15/9 15/12 | quarterly |
trước ngày 15 của tháng 3, 6, 9 và tháng 12 | Q3-15 | quarterly |
trước ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm | 15/6 15/12 | half-yearly |
trước ngày 15/6 (đối với báo cáo 6 tháng) và 15/12 (đối với báo cáo năm) | 15/6 15/12 | half-yearly |
trước ngày 15/6 đối với báo cáo 6 tháng, trước ngày 15/12 đối với báo cáo năm | 15/6 15/12 | half-yearly |
chậm nhất ngày 05 tháng liền kề sau quý báo cáo | Q1+5 | quarterly |
30 / 11 / 2026 | 30/11 | once |
30/ 11/2026 | 30/11 | once |
ngày 30/11/26 | 30/11 | once |
30 tháng 11, 2026 | 30/11 | once |
30-11 |  | unspecified |
ngày 30-11 | 30/11 | once |
2026-11-30 | 30/11 | once |
trước ngày 30.11 | 30/11 | once |
trước ngày 5.6.2026 | 5/6 | once |
trước ngày 15 hằng tháng (nếu trùng vào ngày nghỉ thì gửi vào ngày làm việc liền kề) | M15 | monthly |
Ngày 15 hằng tháng hoặc ngày làm việc tiếp theo nếu trùng ngày nghỉ | M15 | monthly |
thứ Sáu tuần cuối của tháng | 30/1 27/2 27/3 24/4 29/5 26/6 31/7 28/8 25/9 30/10 27/11 25/12 | monthly |
thứ Năm tuần thứ 2 hằng tháng | 8/1 12/2 12/3 9/4 14/5 11/6 9/7 13/8 10/9 8/10 12/11 10/12 | monthly |
vào thứ sáu |  | unspecified |
15 ngày một lần |  | unspecified |
trước ngày 15 và ngày 30 hằng tháng | 15/1 30/1 15/2 28/2 15/3 30/3 15/4 30/4 15/5 30/5 15/6 30/6 15/7 30/7 15/8 30/8 15/9 30/9 15/10 30/10 15/11 30/11 15/12 30/12 | monthly |
theo đúng tiến độ |  | unspecified |
theo quy định |  | unspecified |
theo kế hoạch của tỉnh |  | unspecified |
đến nay |  | unspecified |
trước ngày 15 |  | unspecified |
chậm nhất ngày 20 |  | unspecified |
trước kỳ báo cáo 5 ngày |  | unspecified |
trước ngày họp 03 ngày |  | unspecified |
ngay sau khi ban hành Kế hoạch |  | unspecified |
sau khi Kế hoạch được ban hành |  | unspecified |
trong tuần |  | unspecified |
trong ngày |  | unspecified |
trong quý |  | unspecified | *
nửa đầu năm 2026 | 30/6 | once | 1/1 30/6
nửa đầu tháng 6 | 15/6 | once | *
nửa cuối tháng 6 | 30/6 | once | *
10 ngày đầu tháng 6 | 10/6 | once | *
10 ngày cuối tháng 6 | 30/6 | once | *
trong 5 ngày đầu của tháng | M5 | monthly |
trong 5 ngày đầu tháng sau | N5 | monthly |
vào 05 ngày cuối quý | 31/3 30/6 30/9 31/12 | quarterly |
2 tháng đầu năm | 28/2 | once | 1/1 28/2
5 tháng cuối năm 2026 | 31/12 | once | 1/8 31/12
8 tháng đầu năm | 31/8 | once | 1/1 31/8
Tháng 6, 7/2026 | 31/7 | once | 1/6 31/7
tháng 6 - 7/2026 | 31/7 | once | 1/6 31/7
Tháng 3 và tháng 9 hằng năm | 31/3 30/9 | half-yearly |
Quý II và Quý IV hằng năm | 30/6 31/12 | half-yearly |
trước ngày 20 của tháng cuối quý và trước ngày 20/12 | Q3-20 | quarterly |
trước ngày 10 tháng 6 và tháng 12 hằng năm | 10/6 10/12 | half-yearly |
trước ngày 25/6 và 25/12 hằng năm | 25/6 25/12 | half-yearly |
chậm nhất vào ngày 30 tháng 6 và 31 tháng 12 hằng năm | 30/6 31/12 | half-yearly |
vào trung tuần tháng 6 | 20/6 | once |
trước ngày 30 tháng 11 năm 2026 (thứ Hai) | 30/11 | once |
thứ Hai, ngày 30/11/2026 | 30/11 | once |
8h00 ngày 15/6/2026 (thứ Hai) | 15/6 | once |
trước 11 giờ 30 phút ngày 15/6 | 15/6 | once |
hạn cuối là ngày 15/6 | 15/6 | once |
muộn nhất là ngày 15/6 | 15/6 | once |
trễ nhất 15/6 | 15/6 | once |
không chậm hơn ngày 15/6 | 15/6 | once |
không sau ngày 15/6 | 15/6 | once |
trước hoặc trong ngày 15/6 | 15/6 | once |
cho đến ngày 15/6 | 15/6 | once |
tính đến ngày 30/6/2026 |  | unspecified | *
số liệu tính đến hết ngày 14/6, gửi trước ngày 18/6 | 18/6 | once |
số liệu chốt đến ngày 14 hằng tháng, báo cáo trước ngày 18 hằng tháng | M18 | monthly |
năm 2025 |  | continuous | 1/1/2025 31/12/2025
trước ngày 15/01/2027 | 15/1/2027 | once |
trước ngày 15 tháng 01 năm kế tiếp | 15/1/2027 | yearly |
trước ngày 15/01 năm sau liền kề | 15/1/2027 | yearly |
chậm nhất ngày 15/7 (báo cáo 6 tháng) và 15/01 năm sau (báo cáo năm) | 15/7 15/1/2027 | half-yearly |
từ tháng 9/2026 đến tháng 5/2027 | 31/5/2027 | once | 1/9/2026 31/5/2027
hoàn thành trước khai giảng năm học mới |  | unspecified |
Trước ngày 05/9 | 5/9 | once |
kịp thời, thường xuyên |  | continuous |
hoàn thành trước ngày 31/12/2026; báo cáo kết quả trước ngày 15/01/2027 | 31/12 15/1/2027 | once |
tháng sáu | 30/6 | once | 1/6 30/6
tháng Sáu và tháng Mười hai | 30/6 31/12 | half-yearly |
Quý một | 31/3 | once | 1/1 31/3
đầu quý II | 30/4 | once |
cuối quý III/2026 | 30/9 | once |
giữa quý II | 31/5 | once |
đầu năm | 31/3 | once |
cuối tháng 6 và cuối tháng 12 | 30/6 31/12 | half-yearly |
ngày 15/6/2026 đến 20/6/2026 | 20/6 | once | 15/6 20/6
trong 02 ngày 15 và 16/6/2026 | 16/6 | once | *
trong hai ngày 15-16/6/2026 | 16/6 | once | 15/6 16/6
trước ngày 20/6, 20/9, 20/12/2026 | 20/6 20/9 20/12 | quarterly |
lần 1 trước ngày 30/4, lần 2 trước ngày 30/9 | 30/4 30/9 | half-yearly |
đợt 1: trước 15/4; đợt 2: trước 15/10/2026 | 15/4 15/10 | once |
Đợt 1 trong tháng 4, đợt 2 trong tháng 10 | 30/4 31/10 | once |
Báo cáo kết quả thực hiện về UBND tỉnh (qua Sở Nội vụ) trước ngày 15 tháng cuối quý | Q3-15 | quarterly
gửi về Sở Tài chính trước ngày 10 tháng 11 hằng năm để tổng hợp | 10/11 | yearly
Định kỳ 6 tháng (trước ngày 10/6) và hằng năm (trước ngày 05/12) | 10/6 5/12 | half-yearly
định kỳ hằng quý (ngày 20 của tháng cuối quý), 6 tháng (ngày 15/6) và hằng năm (ngày 10/12) | Q3-20 15/6 10/12 | quarterly
hằng tháng, trước ngày 15 | M15 | monthly
vào ngày 15 hằng tháng và trước ngày 10/12 | M15 10/12 | monthly
trước ngày 05 hằng tháng đối với báo cáo tháng trước | M5 | monthly
trước ngày 5 của tháng liền kề tháng báo cáo | N5 | monthly
trước ngày 05 tháng sau đối với báo cáo tháng | N5 | monthly
chậm nhất 05 ngày sau khi kết thúc quý |  | unspecified
chậm nhất là 03 ngày làm việc trước ngày họp |  | unspecified
trong vòng 07 ngày kể từ ngày 01/7/2026 |  | unspecified | *
sau 30 ngày kể từ ngày Kế hoạch có hiệu lực |  | unspecified
Sau khi có Nghị quyết của HĐND tỉnh |  | unspecified
Ngay sau khi được phê duyệt |  | unspecified
Khi có văn bản hướng dẫn của Bộ |  | unspecified
Theo tiến độ của Trung ương |  | unspecified
Theo lịch của UBND tỉnh |  | unspecified
Hoàn thành trong Quý I/2026 | 31/3 | once | 1/1 31/3
Hoàn thành chậm nhất trong tháng 6/2026 | 30/6 | once | *
Chậm nhất trong quý II/2026 | 30/6 | once | *
Xong trước tháng 9 | 31/8 | once
Xong trước quý IV/2026 | 30/9 | once
Trong tháng 01/2026 | 31/1 | once | 1/1 31/1
Tháng 01-02/2026 | 28/2 | once | 1/1 28/2
tháng 11, tháng 12/2026 | 31/12 | once | 1/11 31/12
Quý I và Quý III/2026 | 31/3 30/9 | half-yearly
Quý II, III và IV/2026 | 31/12 | once | 1/4 31/12
Quý II/2026 và các năm tiếp theo | 30/6 | once | *
6 tháng cuối năm 2026 | 31/12 | once | 1/7 31/12
Nửa cuối năm 2026 | 31/12 | once | 1/7 31/12
Đầu quý II/2026 | 30/4 | once
Cuối quý IV | 31/12 | once
Cuối tháng 11/2026 | 30/11 | once
Đầu tháng 12 năm 2026 | 10/12 | once
Trung tuần tháng 3/2026 | 20/3 | once
Hạ tuần tháng 5 | 31/5 | once
Thượng tuần tháng 9/2026 | 10/9 | once
Ngày 01 tháng 6 | 1/6 | once
ngày 01/6/2026 (Ngày Quốc tế Thiếu nhi) | 1/6 | once
nhân dịp kỷ niệm 80 năm Quốc khánh (02/9/1945 - 02/9/2025) |  | unspecified
từ ngày 01 đến ngày 30 tháng 6 | 30/6 | once | 1/6 30/6
từ ngày 15 tháng 4 đến ngày 15 tháng 5 hằng năm | 15/5 | yearly | *
từ 01/01/2026 đến hết 31/12/2026 | 31/12 | once | 1/1 31/12
từ 15/12/2025 đến 14/12/2026 | 14/12 | once | 15/12/2025 14/12/2026
từ tháng 01 đến tháng 12/2026 | 31/12 | once | 1/1 31/12
từ tháng 3 đến hết tháng 11 năm 2026 | 30/11 | once | 1/3 30/11
Từ quý III/2026 đến hết quý II/2027 | 30/6/2027 | once | 1/7/2026 30/6/2027
Từ ngày ký đến hết ngày 31/12/2026 | 31/12 | once | *
Từ ngày ban hành đến 30/6/2026 | 30/6 | once | *
chậm nhất 16h30 ngày 25 hằng tháng | M25 | monthly
trước 9h00 hằng ngày |  | daily
báo cáo nhanh hằng ngày, trước 16h00 |  | daily
báo cáo ngày trước 17h00 |  | daily
báo cáo hằng tuần |  | weekly
định kỳ tuần, tháng |  | weekly
định kỳ hằng tháng, quý, 6 tháng, năm và đột xuất |  | monthly
báo cáo tháng, quý, năm |  | monthly
chế độ báo cáo: tháng, quý, 6 tháng, 9 tháng và năm |  | monthly
báo cáo 3 tháng, 6 tháng, 9 tháng và năm |  | quarterly
sơ kết 6 tháng, tổng kết năm |  | half-yearly
01 lần/tuần |  | weekly
tối thiểu 01 lần/quý |  | quarterly
ít nhất 02 lần/năm |  | half-yearly
một năm hai lần |  | half-yearly
mỗi năm ít nhất 02 lần |  | half-yearly
6 tháng/01 lần |  | half-yearly
3 tháng 1 lần |  | quarterly
02 kỳ/tháng |  | monthly
mỗi tháng 01 buổi |  | monthly
01 chuyên mục/tháng |  | monthly
mỗi quý tổ chức 01 hội nghị |  | quarterly
ngày 10 hằng tháng, riêng tháng 02 vào ngày 08 | 10/1 8/2 10/3 10/4 10/5 10/6 10/7 10/8 10/9 10/10 10/11 10/12 | monthly
trước ngày 20 hằng tháng; riêng báo cáo năm trước ngày 10/12 | 20/1 20/2 20/3 20/4 20/5 20/6 20/7 20/8 20/9 20/10 20/11 10/12 | monthly
trước ngày 25 tháng cuối quý (riêng quý IV trước ngày 10/12) | 25/3 25/6 25/9 10/12 | quarterly
trước ngày 25 hằng tháng (trừ tháng 12) | 25/1 25/2 25/3 25/4 25/5 25/6 25/7 25/8 25/9 25/10 25/11 | monthly
ngày 20 hằng tháng từ tháng 6 năm 2026 | 20/6 20/7 20/8 20/9 20/10 20/11 20/12 | monthly
hằng tháng (bắt đầu từ tháng 5/2026), trước ngày 28 | 28/5 28/6 28/7 28/8 28/9 28/10 28/11 28/12 | monthly
trước ngày 15 tháng cuối quý, bắt đầu từ quý II/2026 | 15/6 15/9 15/12 | quarterly
thứ Sáu hằng tuần từ 01/6 đến 30/6/2026 | 5/6 12/6 19/6 26/6 | weekly
trước ngày ba mươi tháng chín | 30/9 | once
ngày mồng 5 hằng tháng | M5 | monthly
trước ngày 10 tháng Mười | 10/10 | once
chậm nhất ngày 31 (ba mươi mốt) tháng 12 (mười hai) | 31/12 | once
đến hết quý III/2026 | 30/9 | once | *
đến hết ngày 30 tháng 9 năm 2026 | 30/9 | once
đến 30/9/2026 | 30/9 | once
đến tháng 9/2026 | 30/9 | once | *
đến cuối năm 2026 | 31/12 | once
Năm 2026 và những năm tiếp theo |  | continuous | *
trong suốt năm 2026 |  | continuous | 1/1 31/12
cả năm |  | continuous | *
Cả năm 2026 |  | continuous | 1/1 31/12
Quanh năm |  | continuous
Hằng năm hoặc theo yêu cầu |  | yearly
theo Quyết định số 45/QĐ-UBND ngày 12/3/2026 của UBND tỉnh |  | unspecified
theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020, gửi trước ngày 20/6 | 20/6 | once
Thực hiện Công văn số 12/UBND-TH ngày 05/01/2026, báo cáo trước 15/02/2026 | 15/2 | once
đạt 95% vào cuối năm | 31/12 | once
hoàn thành 100% trước ngày 30/10 | 30/10 | once
giải ngân 100% kế hoạch vốn trước ngày 31/01/2027 | 31/1/2027 | once
trước 30/6 và 31/12 | 30/6 31/12 | half-yearly
trước 30/6, 31/12 hằng năm | 30/6 31/12 | half-yearly
ngày 30/6 và ngày 31/12/2026 | 30/6 31/12 | half-yearly
20/6/2026 và 20/12/2026 | 20/6 20/12 | half-yearly
trước ngày 31/3, 30/6, 30/9 và 31/12 | 31/3 30/6 30/9 31/12 | quarterly
trước ngày 15 các tháng 3, 6, 9, 12 | Q3-15 | quarterly
ngày 25 tháng 3, tháng 6, tháng 9 và tháng 12 | 25/3 25/6 25/9 25/12 | quarterly
trước ngày 20 tháng đầu tiên của quý kế tiếp | Q1+20 | quarterly
trước ngày 10 của tháng đầu tiên quý sau | Q1+10 | quarterly
trước ngày 15 tháng 7 và 15 tháng 01 năm sau | 15/7 15/1/2027 | half-yearly
trước ngày 20/01 của năm tiếp theo | 20/1/2027 | yearly
trước ngày 05/7 và 05/01 năm sau | 5/7 5/1/2027 | half-yearly
T3/2026 | 31/3 | once | 1/3 31/3
T3-T5/2026 | 31/5 | once | 1/3 31/5
Q.I/2026 | 31/3 | once | 1/1 31/3
QI-QII/2026 | 30/6 | once | 1/1 30/6
3/2026 | 31/3 | once | 1/3 31/3
Tháng 3-5/2026 | 31/5 | once | 1/3 31/5
1/2026-6/2026 | 30/6 | once | 1/1 30/6
15/3-20/4/2026 | 20/4 | once | 15/3 20/4
I-II/2026 | 30/6 | once | 1/1 30/6
đạt tỷ lệ 3/4 |  | unspecified
theo Điều 5.3 Quy chế |  | unspecified
theo mục 1.2 |  | unspecified
chi 15.6 tỷ đồng |  | unspecified
từ 15-20 người |  | unspecified
12/15 xã |  | unspecified
điện thoại 0912.345.678 |  | unspecified
thực hiện Đề án 06 |  | unspecified
Đề án 06/CP |  | unspecified
Nghị quyết số 18-NQ/TW ngày 25/10/2017 |  | unspecified
Kết luận số 83 |  | unspecified
phấn đấu 6/6 chỉ tiêu |  | unspecified
Chỉ thị 15/CT-TTg ngày 10 tháng 5 năm 2026 của Thủ tướng |  | unspecified
theo Kế hoạch 45/KH-UBND ngày 01/3/2026 và Công văn 77/UBND ngày 05/3/2026 |  | unspecified
Luật số 31/2024/QH15 |  | unspecified
khoản 2 Điều 3 |  | unspecified
trong phạm vi 30 km |  | unspecified
mỗi xã 01 mô hình |  | unspecified
kỷ niệm 95 năm Ngày thành lập Đảng 03/02 |  | unspecified
Tháng hành động vì trẻ em |  | unspecified
Tháng Thanh niên |  | unspecified
Tháng cao điểm |  | unspecified
giai đoạn 1 |  | unspecified
Quý khách |  | unspecified
định kỳ |  | unspecified
theo định kỳ |  | unspecified
Định kỳ theo quy định |  | unspecified
khi kết thúc năm học |  | unspecified
sau khi kết thúc đợt kiểm tra 05 ngày |  | unspecified
trước khi trình HĐND tỉnh 15 ngày |  | unspecified
trước kỳ họp HĐND ít nhất 20 ngày |  | unspecified
chậm nhất 30 ngày trước kỳ họp cuối năm |  | unspecified
nhận được báo cáo trong ngày 15 |  | unspecified
truoc ngay 25 hang thang | M25 | monthly
truoc 30/6/2026 | 30/6 | once
cham nhat ngay 15 thang 6 | 15/6 | once
quy II nam 2026 | 30/6 | once | 1/4 30/6
hang quy, truoc ngay 15 thang cuoi quy | Q3-15 | quarterly
TRƯỚC NGÀY 15 THÁNG 6 NĂM 2026 | 15/6 | once
Trước ngày 15/06/2026./. | 15/6 | once
Trước ngày 15/6/2026; | 15/6 | once
**Trước ngày 15/6** | 15/6 | once
Thời gian thực hiện: Quý II/2026. | 30/6 | once | 1/4 30/6
Thời hạn: 30/6/2026 | 30/6 | once
Thời gian hoàn thành: Tháng 9/2026 | 30/9 | once | 1/9 30/9
Thời gian hoàn thành: Thường xuyên |  | continuous
Thời gian: từ tháng 3/2026 - 5/2026 | 31/5 | once | 1/3 31/5
Thời gian báo cáo: trước ngày 15 hằng tháng | M15 | monthly
Thời điểm báo cáo: trước ngày 15 hằng tháng | M15 | monthly
Thời điểm hoàn thành: 30/6/2026 | 30/6 | once
Thời điểm nộp: ngày 15/6 | 15/6 | once
Thời điểm chốt số liệu: ngày 14 hằng tháng |  | unspecified
Năm 2026, trước ngày 15/6 | 15/6 | once
Trong năm 2026, hoàn thành trước 30/9 | 30/9 | once
Hoàn thành Quý III/2026, duy trì thường xuyên | 30/9 | once | 1/7 30/9
Hoàn thành trước 30/6/2026 và duy trì thường xuyên | 30/6 | once
Từ tháng 5, hoàn thành trong tháng 10/2026 | 31/10 | once | *
trước ngày 15 tháng 6 hằng năm (đối với báo cáo 6 tháng), trước ngày 15 tháng 12 hằng năm (đối với báo cáo năm) | 15/6 15/12 | half-yearly
trước ngày 15/12/2026 hoặc khi có yêu cầu | 15/12 | once
tháng 12 năm 2025 | 31/12/2025 | once | 1/12/2025 31/12/2025
ngày 15/7 hằng năm và đột xuất khi có yêu cầu | 15/7 | yearly
trước 15/6 & 15/12 | 15/6 15/12 | half-yearly
6 tháng: trước 15/6, năm: trước 15/12 | 15/6 15/12 | half-yearly
Quý: trước ngày 20 tháng cuối quý; 6 tháng: trước 20/6; năm: trước 20/12 | Q3-20 | quarterly
báo cáo quý (trước ngày 10 tháng cuối quý), báo cáo năm (trước ngày 5/12) | Q3-10 5/12 | quarterly
Báo cáo hằng tháng: trước ngày 20; báo cáo quý: trước ngày 20 tháng cuối quý | M20 | monthly
trước ngày 10/3, 10/6, 10/9, 10/12 | 10/3 10/6 10/9 10/12 | quarterly
ngày 1 và 15 âm lịch hằng tháng |  | monthly
rằm tháng 7 | 27/8 | once
rằm tháng Tám âm lịch | 25/9 | once
ngày 15/8 âm lịch (25/9/2026 dương lịch) | 25/9 | once
dịp Giỗ Tổ Hùng Vương (10/3 âm lịch) | 26/4 | once
trước ngày 23 tháng Chạp | 10/2 | once
trước ngày 20 của tháng 6 và tháng 12 | 20/6 20/12 | half-yearly
trong quý II và quý III năm 2026 | 30/9 | once | 1/4 30/9
hoàn thành vào cuối quý II | 30/6 | once
Trước 25/12 hàng năm | 25/12 | yearly
chậm nhất vào tuần cuối tháng 11 | 30/11 | once | *
vào các ngày 10, 20 và 30 hằng tháng | 10/1 20/1 30/1 10/2 20/2 28/2 10/3 20/3 30/3 10/4 20/4 30/4 10/5 20/5 30/5 10/6 20/6 30/6 10/7 20/7 30/7 10/8 20/8 30/8 10/9 20/9 30/9 10/10 20/10 30/10 10/11 20/11 30/11 10/12 20/12 30/12 | monthly
ngày cuối cùng của quý | 31/3 30/6 30/9 31/12 | quarterly
ngày đầu tiên của tháng | M1 | monthly
ngày cuối tháng | 31/1 28/2 31/3 30/4 31/5 30/6 31/7 31/8 30/9 31/10 30/11 31/12 | monthly
trước ngày cuối quý | 31/3 30/6 30/9 31/12 | quarterly
hai lần một năm, vào tháng 6 và tháng 12 | 30/6 31/12 | half-yearly
02 lần/năm (tháng 6 và tháng 12) | 30/6 31/12 | half-yearly
mỗi quý một lần, trước ngày 25 tháng cuối quý | Q3-25 | quarterly
hằng quý, chậm nhất ngày 10 tháng đầu quý sau | Q1+10 | quarterly
định kỳ trước ngày 10 tháng đầu quý sau báo cáo quý trước | Q1+10 | quarterly
chậm nhất ngày 15 của tháng thứ ba mỗi quý | Q3-15 | quarterly
ngày 20 tháng thứ 2 của quý | 20/2 20/5 20/8 20/11 | quarterly
từ 08h00 ngày 01/6 đến 17h00 ngày 15/6/2026 | 15/6 | once | 1/6 15/6
ngày 15 tháng 6; ngày 15 tháng 12 hằng năm | 15/6 15/12 | half-yearly
trước 15/11 (năm 2026) | 15/11 | once
tháng 4/2026 (đợt 1) và tháng 10/2026 (đợt 2) | 30/4 31/10 | once
Quý II, IV | 30/6 31/12 | half-yearly
Tháng 2, 5, 8, 11 | 28/2 31/5 31/8 30/11 | quarterly
bắt đầu từ quý III/2026, hằng quý |  | quarterly | *
không muộn hơn 17h ngày 15/6 | 15/6 | once
không quá ngày 15 của tháng sau | N15 | monthly
muộn nhất ngày 3 hằng tháng | M3 | monthly
gửi trước 12h ngày 20/6/2026 | 20/6 | once
nộp chậm nhất 20-6-2026 | 20/6 | once
ngày 2/9 | 2/9 | once
đúng ngày 15/6 | 15/6 | once
từ ngày 15/6 trở đi |  | continuous | *
sau ngày 15/6 |  | unspecified
không trước ngày 15/6 |  | unspecified
trước và sau Tết |  | unspecified
đầu quý sau |  | unspecified
gửi kết quả về Sở Y tế chậm nhất vào ngày 18 của tháng | M18 | monthly
trước ngày 18 của tháng cuối cùng trong quý | Q3-18 | quarterly
trước ngày 18 tháng cuối cùng của kỳ báo cáo quý | Q3-18 | quarterly
chậm nhất sau 05 ngày kể từ khi kết thúc tháng |  | unspecified
vào ngày 10 của tháng đầu tiên mỗi quý | 10/1 10/4 10/7 10/10 | quarterly
hằng tháng (ngày 20), hằng quý (ngày 20 tháng cuối quý) | M20 | monthly
tháng 01 năm sau | 31/1/2027 | yearly | *
trong tháng 1 của năm sau | 31/1/2027 | yearly | *
quý I năm sau | 31/3/2027 | yearly | *
chậm nhất 31/12 | 31/12 | once
chậm nhất là tháng 10/2026 | 31/10 | once | *
trong tháng 6, chậm nhất ngày 25/6 | 25/6 | once | *
hoàn thành trong quý III, chậm nhất là ngày 15/9 | 15/9 | once | *
từ tháng 6 đến tháng 8 hằng năm | 31/8 | yearly | *
trong thời gian từ 01/4 - 30/4/2026 | 30/4 | once | 1/4 30/4
từ ngày 5 đến ngày 10 hằng tháng | M10 | monthly
ngày 25 đến ngày 30 hằng tháng | 30/1 28/2 30/3 30/4 30/5 30/6 30/7 30/8 30/9 30/10 30/11 30/12 | monthly
trước ngày 30/6/2025 | 30/6/2025 | once
Trong 6 tháng đầu năm | 30/6 | once | 1/1 30/6
trong 06 tháng cuối năm 2026 | 31/12 | once | 1/7 31/12
trong 10 tháng đầu năm | 31/10 | once | 1/1 31/10
trong vòng 6 tháng |  | unspecified
trong 3 tháng |  | unspecified
trong 01 năm |  | unspecified
60 ngày đêm |  | unspecified
ngày 20, tháng 6 năm 2026 | 20/6 | once
20 tháng 6 | 20/6 | once
sáng ngày 20/6 | 20/6 | once
15 giờ 00 phút, ngày 20 tháng 6 năm 2026 | 20/6 | once
tháng 6, cụ thể trước ngày 20/6 | 20/6 | once | *
hai kỳ: tháng 5 và tháng 11 | 31/5 30/11 | half-yearly
mùa hè năm 2026 |  | unspecified | *
trước mùa mưa bão |  | unspecified
trước năm học mới |  | unspecified
trước 01/7 hằng năm | 1/7 | yearly
ngày 15 tháng Tư | 15/4 | once
tháng Mười Một | 30/11 | once | 1/11 30/11
tháng mười | 31/10 | once | 1/10 31/10
quý bốn năm 2026 | 31/12 | once | 1/10 31/12
quý tư | 31/12 | once | 1/10 31/12
đầu tháng | M10 | monthly
giữa tháng | M20 | monthly
giữa năm | 30/6 | once | *
trước ngày 05 tháng 7/2026 | 5/7 | once
trước ngày 05 tháng 7-2026 | 5/7 | once
ngày 05.07.2026 | 5/7 | once
05/07/2026 - 10/07/2026 | 10/7 | once | 5/7 10/7
"""

WORDINGS_OF_FIVE_YEARS = """
30/11 hằng năm, bắt đầu từ năm 2027 | 30/11/2027 30/11/2028 30/11/2029 30/11/2030 | yearly | *
trước ngày 30/11 hằng năm (từ năm 2027) | 30/11/2027 30/11/2028 30/11/2029 30/11/2030 | yearly | *
từ năm 2028, trước ngày 15/12 hằng năm | 15/12/2028 15/12/2029 15/12/2030 | yearly | *
trước ngày 15/12 hằng năm đến năm 2028 | 15/12/2026 15/12/2027 15/12/2028 | yearly | *
trước ngày 15/12 hằng năm cho đến hết năm 2027 | 15/12/2026 15/12/2027 | yearly | *
trước ngày 15/12 hằng năm giai đoạn 2026 - 2028 | 15/12/2026 15/12/2027 15/12/2028 | yearly | *
tháng 12 hằng năm | 31/12/2026 31/12/2027 31/12/2028 31/12/2029 31/12/2030 | yearly |
Báo cáo giữa kỳ (năm 2028) | 31/12/2028 | once | *
sơ kết vào năm 2028, tổng kết vào năm 2030 | 31/12/2028 31/12/2030 | once | *
tổng kết vào cuối năm 2030 | 31/12/2030 | once | *
sơ kết năm 2028; tổng kết năm 2030 | 31/12/2028 31/12/2030 | once | *
trước ngày 30/11/2030 | 30/11/2030 | once |
quý IV hằng năm | 31/12/2026 31/12/2027 31/12/2028 31/12/2029 31/12/2030 | yearly |
quý IV/2028 | 31/12/2028 | once | 1/10/2028 31/12/2028
2026 - 2030 |  | continuous | 1/1/2026 31/12/2030
Năm 2026-2030 |  | continuous | 1/1/2026 31/12/2030
2026-2027 |  | continuous | 1/1/2026 31/12/2027
năm 2027 |  | continuous | 1/1/2027 31/12/2027
hằng năm, từ năm 2027 đến năm 2030 |  | yearly | 1/1/2027 31/12/2030
hoàn thành trong năm 2027 | 31/12/2027 | once | 1/1/2027 31/12/2027
hoàn thành trước năm 2028 | 31/12/2027 | once |
6 tháng đầu năm 2027 | 30/6/2027 | once | 1/1/2027 30/6/2027
định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12) | 15/6/2026 15/12/2026 15/6/2027 15/12/2027 15/6/2028 15/12/2028 15/6/2029 15/12/2029 15/6/2030 15/12/2030 | half-yearly |
"""

Expected = tuple[str, list[date], str, str]


def expand(words: str) -> Iterator[date]:
    for word in words.split():
        if word.startswith("M"):
            yield from (date(2026, month, int(word[1:])) for month in range(1, 13))
        elif word.startswith("N"):
            yield from (date(2026, month, int(word[1:])) for month in range(2, 13))
            yield date(2027, 1, int(word[1:]))
        elif word.startswith("Q3-"):
            yield from (date(2026, month, int(word[3:])) for month in (3, 6, 9, 12))
        elif word.startswith("Q1+"):
            yield from (date(2026, month, int(word[3:])) for month in (4, 7, 10))
            yield date(2027, 1, int(word[3:]))
        else:
            day, month, *year = map(int, word.split("/"))
            yield date(year[0] if year else 2026, month, day)


def rows(table: str) -> Iterator[Expected]:
    for line in table.strip().splitlines():
        phrase, dates, recurrence, *window = (part.strip() for part in line.split("|"))
        yield phrase, sorted(expand(dates)), recurrence, window[0] if window else ""


@pytest.mark.parametrize("expected", [*rows(WORDINGS)], ids=lambda expected: expected[0])
def test_a_wording_is_read_as_an_officer_reads_it(expected: Expected) -> None:
    check(expected, date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("expected", [*rows(WORDINGS_OF_FIVE_YEARS)], ids=lambda expected: expected[0])
def test_a_wording_in_a_plan_of_five_years_is_read_as_an_officer_reads_it(expected: Expected) -> None:
    check(expected, date(2026, 1, 1), date(2030, 12, 31))


def check(expected: Expected, first: date, last: date) -> None:
    phrase, dates, recurrence, window = expected
    found = read_deadline(phrase, first, last)
    assert (list(found.dates), found.recurrence) == (dates, recurrence)
    if window != "*":
        assert list(found.window or ()) == list(expand(window))


@pytest.mark.parametrize(
    ("phrase", "doubt"),
    [
        ("kỳ họp giữa năm của HĐND tỉnh", "event"),
        ("trước Tết Nguyên đán", "event"),
        ("chậm nhất ngày 20", "month_missing"),
        ("trong tháng Giêng", "lunar"),
        ("23 tháng Chạp năm 2026", "lunar"),
        ("ngày 1 và 15 âm lịch hằng tháng", "lunar"),
    ],
)
def test_what_is_ambiguous_has_no_date_and_raises_a_doubt(phrase: str, doubt: str) -> None:
    found = read_deadline(phrase, date(2026, 1, 1), date(2026, 12, 31))
    assert (found.dates, found.doubts) == ((), (doubt,))


def test_every_friday_of_the_period_is_meant_by_friday_of_every_week() -> None:
    found = read_deadline("trước 10h00 thứ Sáu hằng tuần", date(2026, 6, 1), date(2026, 6, 30))
    assert [day.day for day in found.dates] == [5, 12, 19, 26]
    assert found.recurrence == "weekly"
