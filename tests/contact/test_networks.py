"""From which networks an address comes: those that tell nothing, and those that are carried."""

import pytest

from contact.networks import UNKNOWN, limits_of, networks_of


def test_address_of_version_4_is_one_network(rf):
    assert networks_of(rf.get("/", REMOTE_ADDR="62.4.5.6")) == ("62.4.5.6",)


def test_address_of_version_6_is_in_three_networks(rf):
    request = rf.get("/", REMOTE_ADDR="2a02:a03f:1234:5678::9")

    assert networks_of(request) == (
        *("2a02:a03f:1234:5678::/64", "2a02:a03f:1234:5600::/56", "2a02:a03f:1234::/48"),
    )


@pytest.mark.parametrize(
    "told",
    [
        # 62.4.5.6 is 3e04:0506.
        *("::ffff:62.4.5.6", "::ffff:3e04:506", "[::ffff:62.4.5.6]:443"),
        *("2002:3e04:506::1", "2002:3e04:506:ffff::9"),
        *("64:ff9b::3e04:506", "64:ff9b:1::3e04:506", "64:ff9b:1:ffff::3e04:506"),
        # The server and the port may be any; the address is turned over (RFC 4380, 4).
        *("2001:0:4136:e378:8000:63bf:c1fb:faf9", "2001:0:101:101:0:ffff:c1fb:faf9"),
    ],
)
def test_address_of_version_4_is_the_same_however_it_is_carried(told, rf):
    assert networks_of(rf.get("/", REMOTE_ADDR=told)) == ("62.4.5.6",)


@pytest.mark.parametrize(
    "told",
    [
        # A proxy that tells nothing, or no whole address.
        *("", "unknown", "unix:", "_hidden", "62.4.5", "2a02:a03f:1:2", "62.4.5.6, "),
        # The machine itself, and what has no place on the internet.
        *("127.0.0.1", "::1", "0.1.2.3", "::", "224.0.0.1", "240.0.0.1", "ff02::1"),
        *("10.1.2.3", "172.17.0.1", "192.168.1.1", "169.254.0.9", "192.0.2.1", "2001:db8::1"),
        *("fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "::62.4.5.6"),
        # Neighbours who share an address of their provider (RFC 6598).
        "100.64.0.9",
        # The same, carried by version 6.
        *("::ffff:10.1.2.3", "2002:a01:203::1", "64:ff9b::a01:203", "64:ff9b:1::6440:9"),
        *("2001:0:4136:e378:8000:63bf:f5fe:fdfc", "2002:e000:1::1"),
    ],
)
def test_all_whose_address_tells_nothing_are_taken_for_one(told, rf):
    assert networks_of(rf.get("/", REMOTE_ADDR=told)) == (UNKNOWN,)


def test_silent_proxy_is_one_that_tells_nothing(rf, settings):
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"

    assert networks_of(rf.get("/", REMOTE_ADDR="62.4.5.6")) == (UNKNOWN,)


def test_nobody_is_limited_where_nobody_said_how_to_tell_them_apart(rf, settings):
    settings.CLIENT_ADDRESS_HEADER = ""

    assert networks_of(rf.get("/", REMOTE_ADDR="62.4.5.6")) == ()
    assert limits_of((), 20) == {}


def test_wider_networks_may_do_more(rf):
    networks = networks_of(rf.get("/", REMOTE_ADDR="2a02:a03f:1234:5678::9"))

    assert list(limits_of(networks, 20).values()) == [20, 40, 80]
    assert limits_of((UNKNOWN,), 20) == {UNKNOWN: 200}
