"""A server that plays the Zalo Bot Platform, with its manners: real HTTP on loopback.

    with ZaloApi() as api:
        lan = api.user("u1", "Lan")
        ...start a program with api.token and api.url...
        lan.types("/start ABCD-1234")
        lan.wait_for("đồng ý")

What is said while nobody asks and no webhook is set is lost. "ok": false comes under HTTP 200.
"""

from tests.zaloapi.api import ZaloApi, ZaloMessage, ZaloUser

__all__ = ["ZaloApi", "ZaloMessage", "ZaloUser"]
