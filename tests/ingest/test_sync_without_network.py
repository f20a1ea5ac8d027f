"""Parts of fetching that need neither network nor database: addresses, robots.txt, links, archive, manifest."""

import errno
import os
import random
import resource
import subprocess
import threading
import time
from contextlib import suppress
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from ingest.sync import robots
from ingest.sync.addresses import is_permitted
from ingest.sync.archive import Archive
from ingest.sync.errors import ArchiveFull, ArchiveUnusable, BadManifest
from ingest.sync.links import MOST_LINKS, listing
from ingest.sync.manifest import read_manifest
from ingest.sync.urls import NotAnAddress, host_of, name_of, normal, origin_of


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "240.0.0.1", "198.18.0.1", "::", "::1", "fe80::1", "fc00::1", "fec0::1", "ff02::1",
     "::ffff:127.0.0.1", "::ffff:192.168.1.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:c0a8:101::1",
     "2001:0:a00:1::1", "2001:db8::1"],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_permitted(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(address):
    assert is_permitted(ip_address(address))


@pytest.mark.parametrize(("address", "fits"), [("10.1.2.3", True), ("::ffff:10.1.2.3", True), ("10.2.0.1", False)])
def test_an_allowed_network_is_allowed_however_it_is_spelt(address, fits):
    assert is_permitted(ip_address(address), [ip_network("10.1.0.0/16"), ip_network("fd00::/8")]) is fits


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("HTTP://Example.ORG:80/a%2fb/#top", "http://example.org/a%2fb/"),
        ("https://example.org/决算 2024.pdf", "https://example.org/%E5%86%B3%E7%AE%97%202024.pdf"),
        (" http://example.org/a\n/b.pdf ", "http://example.org/a/b.pdf"),
        ("http://例子.cn/", "http://xn--fsqu00a.cn/"),
    ],
)
def test_an_address_has_one_spelling(given, address):
    assert normal(given) == address == normal(address)


@pytest.mark.parametrize(
    "given",
    ["", "a.pdf", "file:///a", "http:///a", "http://a:b@c/", "http://x/" + "y" * 2000, "http://xn--.cn/",
     "http://xn--zzzzzzzzzzzzz99999.cn/a.pdf", "http://xn--a.cn/", "http://xn--a.xn--b/", "http://[::1", "http://x:99999999/"],
)  # fmt: skip
def test_texts_that_are_no_address_are_refused(given):
    with pytest.raises(NotAnAddress):
        normal(given)


RULES = b"""\xef\xbb\xbf# of the site
User-agent: others
Disallow: /

User-Agent: *
Disallow: /admin
Disallow: /*.php$
Disallow: /tmp*/x
Allow: /admin/open
Disallow: /\xe5\x86\x85
Disallow:
Crawl-delay: 2.5
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/", True), ("/admin", False), ("/administration", False), ("/admin/open/a.pdf", True), ("/a.php", False),
     ("/a.php?x=1", True), ("/tmp1/2/x", False), ("/tmp1/2/y", True), ("/%E5%86%85/a", False), ("/%e5%86%85", False)],
)  # fmt: skip
def test_the_longest_rule_of_robots_txt_wins(path, allowed):
    assert robots.parse(RULES).allows(path) is allowed


def test_robots_txt_groups():
    ours = robots.parse(b"User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: Juesuan/1.0\nDisallow: /x\n")
    assert (ours.allows("/a"), ours.allows("/x/a"), ours.delay) == (True, False, None)
    assert robots.parse(RULES).delay == 2.5
    assert robots.parse(b"<html>not found</html>").allows("/")
    assert robots.parse(b"\xff\xfe\0U\0s").allows("/")


def test_a_group_of_robots_txt_applies_by_its_whole_name():
    """RFC 9309, 2.2.1: the groups whose name is our product token apply; groups of the same name are combined."""
    others = b"User-agent: jue\nAllow: /\n\nUser-agent: juesuan-news\nAllow: /\n\nUser agent *\nDisallow: /a\n"
    assert not robots.parse(others).allows("/a")
    twice = b"user-agent: JUESUAN # us\nDisallow: /a\nuser-agent: x\nDisallow: /\nUser-agent: juesuan/2\nDisallow: /b"
    assert [robots.parse(twice).allows(path) for path in ("/a", "/b", "/c")] == [False, False, True]


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /a\nAllow: /a", "/a", True),  # of two rules of equal length Allow applies
        ("Disallow: /%7Ea", "/~a", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: //a", "//a/b", False),
        ("Disallow: /", "/robots.txt", True),  # robots.txt itself is always allowed
        ("Crawl-delay: soon\nDisallow: /x", "/a", True),
    ],
)
def test_rules_of_robots_txt(rules, path, allowed):
    ours = robots.parse(f"User-agent: *\n{rules}\n".encode())
    assert (ours.allows(path), ours.delay) == (allowed, None)


def test_many_names_and_rules_of_robots_txt_take_little_time_and_memory():
    names = b"".join(b"User-agent: a%d\n" % number for number in range(12_000))
    began = time.process_time()
    assert robots.parse(names + b"User-agent: *\n" + b"Disallow: /*b\n" * 15_000).allows("/a")
    assert time.process_time() - began < 2


def test_no_pattern_of_a_robots_txt_takes_long():
    rules = robots.parse(b"User-agent: *\n" + b"Disallow: /" + b"*a" * 200_000 + b"$\n")
    began = time.monotonic()
    assert rules.allows("/" + "a" * 2000)
    assert time.monotonic() - began < 1


PAGE = """
<html><head><base href="/files/"><meta charset="gb2312"><title>决算公开</title></head>
<!-- <a href="old.pdf">old</a> --><script>var x = '<a href="in_script.pdf">';</script>
<A HREF='2024.pdf' target=_blank>2024</A> <a href="./2024.pdf#page=2">again</a>
<a href=b.TXT>text</a> <a class=x href="//other.example/c.pdf">other_hosts</a>
<a href="https://files.example/d.pdf">allowed other_hosts</a>
<a href="javascript:open('x.pdf')">j</a> <a href="mailto:x@y.pdf">m</a> <a href="file:///e.pdf">f</a>
<a data-href="no.pdf" href="/page.html">page</a> <a href="/download?id=7&amp;k=1"><b>部门决算 .pdf</b></a>
<a href="/get?f=/x/y.pdf">q</a> <a title="附件.pdf" href="/t/1">附件</a> <a href="\x01">x</a> <a href>
<a href="../../../up.pdf">up</a>
"""


def test_the_documents_a_page_links_to():
    found = listing(PAGE.encode("gb18030"), "http://site.example/list/", "text/html", ["site.example", "files.example"])
    assert [(link.address.removeprefix("http://site.example"), link.name) for link in found.links] == [
        ("/files/2024.pdf", "2024.pdf"),
        ("/files/b.TXT", "b.TXT"),
        ("https://files.example/d.pdf", "d.pdf"),
        ("/download?id=7&k=1", "部门决算.pdf"),
        ("/get?f=/x/y.pdf", "y.pdf"),
        ("/t/1", "附件.pdf"),
        ("/up.pdf", "up.pdf"),
    ]
    assert found.other_hosts == {"other.example": 1}


def test_a_link_that_is_no_address_is_passed_over():
    page = b'<base href="http://xn--zzz99999.cn/"><a href="http://xn--a.cn/a.pdf">a</a><a href="good.pdf">x</a>'
    found = listing(page, "http://site.example/list/", "text/html", ["site.example"])
    assert [link.address for link in found.links] == ["http://site.example/list/good.pdf"]


@pytest.mark.parametrize("encoding", ["idna", "punycode", "undefined", "unicode-escape", "rot13", "utf-7", "nothing"])
def test_a_page_that_names_no_encoding_of_a_page(encoding):
    page = f'<meta charset="{encoding}"><a href="决算.pdf">x</a>'.encode()
    found = listing(page, "http://site.example/", f"text/html; charset={encoding}", ["site.example"])
    assert len(found.links) == 1


PIECES = ["http://", "//", "/", "?", "#", "@", ":", "[", "]", "::1", "xn--", "xn--a", "xn--55qx5d", ".cn", "例子", "℀",
          "。", "%", "%00", "\0", "\x7f", "\x85", "\ud800", "\u202e", "..", "a.pdf", "\\", "&", "0x7f.1", ":99999",
          "ß", "İ", " ", "\t", "file:", "é" * 70, "a" * 70, "_", "-", "{", "|", "<", '"', "v1.x"]  # fmt: skip


def test_no_text_is_more_than_no_address():
    """Texts put together at random, the same each time: an address has a host and one spelling, or is refused."""
    chance, addresses = random.Random(12), 0
    for _ in range(1500):
        given = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 8)))
        page = f'<a href="{given}">x</a><a href="good.pdf">x</a>'.encode("utf-8", "surrogatepass")
        listing(page, "http://site.example/", "", ["site.example"])
        with suppress(NotAnAddress):
            address = normal(f"http://{given}", "http://site.example/a/")
            assert address == normal(address) and host_of(address) and origin_of(address) and name_of(address)
            addresses += 1
    assert addresses > 50


@pytest.mark.parametrize("part", ["<a ", "<a href=", '<a href="', "<!--", "<script", "<a b=", "<a href='x.pdf'>", "&#"])
def test_no_page_takes_long(part):
    began = time.monotonic()
    listing((part * (1_000_000 // len(part))).encode(), "http://site.example/", "", ["site.example"])
    assert time.monotonic() - began < 8


def test_a_page_of_too_many_links_is_reported():
    page = "".join(f"<a href='{number}.html'>x</a>" for number in range(MOST_LINKS + 1)).encode()
    assert not listing(page, "http://site.example/", "", ["site.example"]).is_whole


def received(archive: Archive, *pieces: bytes):
    with archive.receive() as incoming:
        for piece in pieces:
            incoming.write(piece)
        return incoming.keep()


def test_a_file_of_the_archive_stays_as_it_is(tmp_path):
    archive = Archive(tmp_path / "archive")
    first, second = received(archive, b"one ", b"file"), received(archive, b"one file")
    assert first == second and first.size == 8
    assert first.path.read_bytes() == b"one file"
    assert first.path.stat().st_mode & 0o777 == 0o444
    assert archive.holds(first.sha256) and archive.is_sound(first.sha256)
    assert list((tmp_path / "archive" / "unfinished").iterdir()) == []


def test_a_damaged_file_of_the_archive_is_replaced(tmp_path):
    archive = Archive(tmp_path)
    kept = received(archive, b"one file")
    kept.path.chmod(0o644)
    kept.path.write_bytes(b"one fil")
    assert not archive.is_sound(kept.sha256)
    assert received(archive, b"one file").path.read_bytes() == b"one file"


def test_a_file_that_is_not_kept_is_removed(tmp_path):
    archive = Archive(tmp_path)
    with pytest.raises(ZeroDivisionError), archive.receive() as incoming:
        incoming.write(b"half")
        raise ZeroDivisionError
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_temporary_files_of_an_ended_process_are_removed_after_a_day(tmp_path):
    archive = Archive(tmp_path)
    received(archive, b"x")
    old, young = tmp_path / "unfinished" / "old", tmp_path / "unfinished" / "young"
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (time.time() - 100_000,) * 2)
    archive.tidy()
    assert list((tmp_path / "unfinished").iterdir()) == [young]


def test_many_threads_archive_one_file(tmp_path):
    archive, content = Archive(tmp_path), b"x" * 100_000
    threads = [threading.Thread(target=received, args=(archive, content)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept.read_bytes() == content


def test_a_file_above_the_limit_of_the_system_is_reported_as_a_full_disk(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(ArchiveFull, match="no room left"):
            received(Archive(tmp_path), b"x" * 40_000, b"x" * 40_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.fixture
def small_disk(tmp_path: Path):
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder]).returncode:
        pytest.skip("a small disk cannot be mounted here: this needs root with the right to mount")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_reported_and_no_incomplete_file_is_left(small_disk):
    archive = Archive(small_disk)
    kept = received(archive, b"first" * 1000)
    with pytest.raises(ArchiveFull, match=os.strerror(errno.ENOSPC)):
        received(archive, *[b"x" * 10_000] * 10)
    assert [path for path in small_disk.rglob("*") if path.is_file()] == [kept.path]
    assert received(archive, b"small").path.read_bytes() == b"small"


def test_an_archive_that_cannot_be_written(tmp_path):
    (tmp_path / "archive").write_text("a file")
    with pytest.raises(ArchiveUnusable, match="archive"):
        received(Archive(tmp_path / "archive"), b"x")


SOUND = """
contact = "https://example.org/bot"
[defaults]
fiscal_year = 2024
kind = "final_accounts"
[politeness]
interval_seconds = 2
[host."slow.example"]
interval_seconds = 10
[limits]
max_bytes = 1000
[[source]]
name = "one"
url = "http://Example.org/决算.pdf"
department = "甲局"
due_on = 2025-08-31
[[source]]
listing = "https://example.org/list/"
hosts = ["files.example.org"]
department = ["甲局", "乙局"]
[[source]]
folder = "in/../in"
"""


def test_a_manifest(tmp_path):
    (tmp_path / "sources.toml").write_text(SOUND, "utf-8")
    manifest = read_manifest(tmp_path / "sources.toml")
    assert manifest.name == "sources.toml"
    assert [manifest.manners(host).interval_seconds for host in ("slow.example", "x")] == [10, 2]
    one, two, three = manifest.source
    assert (one.name, one.type, one.address) == ("one", "url", "http://example.org/%E5%86%B3%E7%AE%97.pdf")
    assert (one.department, one.fiscal_year, str(one.due_on)) == (("甲局",), 2024, "2025-08-31")
    assert (two.name, two.hosts, two.department) == (two.address, ("files.example.org",), ("甲局", "乙局"))
    assert three.address == str(tmp_path / "in")


def test_a_manifest_from_a_spreadsheet(tmp_path):
    (tmp_path / "s.csv").write_text(
        "\ufeffname,url,folder,department,fiscal_year,due_on\n"
        "one,http://example.org/a.pdf,,甲局；乙局,2024,2025-08-31\n"
        ",,,,,\n"
        "two,,in,,,\n",
        "utf-8",
    )
    one, two = read_manifest(tmp_path / "s.csv").source
    assert (one.name, one.department, one.fiscal_year, str(one.due_on)) == (
        "one",
        ("甲局", "乙局"),
        2024,
        "2025-08-31",
    )
    assert (two.name, two.folder, two.department) == ("two", str(tmp_path / "in"), ())


SEVERAL = """
[[source]]
parts = ["HTTP://example.org/说明.pdf#1", "http://example.org/tables.pdf"]

[[source]]
parts = ["in/a.pdf", "in/b#1.pdf"]

[[source]]
listing = "http://example.org/list/"
together = true
main = "说明"

[[source]]
glob = "in/2024-*/*.pdf"
together = true
"""


def test_a_manifest_says_which_files_are_one_disclosure(tmp_path):
    (tmp_path / "sources.toml").write_text(SEVERAL, "utf-8")
    (tmp_path / "s.csv").write_text("name,parts\none,http://example.org/a.pdf; http://example.org/b.pdf\n", "utf-8")
    web, local, page, files = read_manifest(tmp_path / "sources.toml").source
    assert (web.type, web.address) == ("parts", "http://example.org/%E8%AF%B4%E6%98%8E.pdf")
    assert web.addresses == (web.name, "http://example.org/tables.pdf")
    assert web.address_of_several == f"{web.address}#parts"
    assert local.addresses == (str(tmp_path / "in" / "a.pdf"), str(tmp_path / "in" / "b#1.pdf"))
    assert local.address_of_several == f"{(tmp_path / 'in' / 'a.pdf').as_uri()}#parts"
    assert (page.is_of_several, page.main, page.address_of_several) == (True, "说明", f"{page.address}#parts")
    assert files.address_of_several.endswith("/in/2024-%2A/%2A.pdf#parts")
    (cells,) = read_manifest(tmp_path / "s.csv").source
    assert cells.addresses == ("http://example.org/a.pdf", "http://example.org/b.pdf")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no source is named"),
        ("source = 3", "no source is named"),
        ("[[source]\n", "at line 1, column"),
        ("[[source]]\nurl = 'http://a/'\n\n[[source]]\nname = 'x'\n", "line 4: needs one of url, parts, listing"),
        ("[[source]]\nurl='http://a/'\nfolder='b'\n", "line 1: needs one of .*, and has url and folder"),
        ("[[source]]\nurl='ftp://a/b.pdf'\n", "line 1: url is neither http nor https: ftp://a/b.pdf"),
        ("[[source]]\nurl='http://u:p@a/b.pdf'\n", "line 1: url carries a user name or a password"),
        ("[[source]]\nurl='http://a/'\nyear=2024\n", "line 1: year is not known here"),
        ("[[source]]\nurl='http://a/'\nfiscal_year='soon'\n", "line 1: fiscal_year: Input should be a valid integer"),
        ("[[source]]\nurl='http://a/'\nkind='plan'\n", "line 1: kind: Input should be 'budget' or 'final_accounts'"),
        ("[[source]]\nurl='http://a/'\ndue_on=2025-08-31\n", "line 1: due_on needs department and fiscal_year"),
        ("[[source]]\nurl='http://a/'\nhosts='b'\n", "line 1: hosts belongs to a listing"),
        ("[[source]]\nurl='http://a/'\n[[source]]\nname='x'\nurl='http://A:80/#b'\n", "line 3: has the same address"),
        ("[[source]]\nname='x'\nurl='http://a/'\n[[source]]\nname='x'\nurl='http://b/'\n", "line 4: has the same name"),
        ("[politness]\n[[source]]\nurl='http://a/'\n", ": politness is not known here"),
        ("[politeness]\nconnections=0\n[[source]]\nurl='http://a/'\n", "politeness.connections: Input should be"),
        ("[defaults]\nurl='http://a/'\n[[source]]\nurl='http://a/'\n", "defaults: url is not known here"),
        ('[[source]]\nfolder="a\\u0000b"\n', "line 1: folder is no path"),
        ("[[source]]\nparts=['http://a/']\n", "line 1: parts needs two addresses or more"),
        ("[[source]]\nparts=['http://a/', 'b.pdf']\n", "line 1: parts names both web addresses and paths"),
        ("[[source]]\nparts=['http://a/', 'ftp://a/b.pdf']\n", "line 1: parts is neither http nor https: ftp://a/b"),
        ("[[source]]\nparts=['in/a.pdf', 'in/../in/a.pdf']\n", "line 1: parts names /.*/in/a.pdf twice"),
        ("[[source]]\nparts=['http://a/', 'http://b/']\nurl='http://a/'\n", "line 1: .* has url and parts"),
        ("[[source]]\nparts=['http://a/', 'http://b/']\ntogether=true\n", "line 1: together belongs to a listing"),
        ("[[source]]\nurl='http://a/'\ntogether=true\n", "line 1: together belongs to a listing, a folder or a glob"),
        ("[[source]]\nfolder='in'\nmain='说明'\n", "line 1: main needs together = true"),
        ("[[source]]\nparts=['http://a/', 'http://b/']\n[[source]]\nurl='http://b/'\n", "line 3: has the same address"),
        (f"[[source]]\nlisting='http://a/{'b' * 1986}'\ntogether=true\n", "line 1: listing is longer than 1994 char"),
    ],
)  # fmt: skip
def test_a_faulty_manifest_is_refused_with_line_and_reason(tmp_path, text, reason):
    (tmp_path / "m.toml").write_text(text, "utf-8")
    with pytest.raises(BadManifest, match=r"nothing was fetched: m\.toml.*" + reason):
        read_manifest(tmp_path / "m.toml")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name,url\na,http://a/,3\n", "line 2: has more cells than the first line names"),
        (b"name,url\na,http://a/\n\nb,\n", "line 4: needs one of"),
        (b"name,url\na,\xbe\xf6\n", "is not UTF-8"),
        (b'name,url\na,"http://a/\n', "line 1: unexpected end of data"),
    ],
)
def test_a_faulty_spreadsheet_is_refused_with_line_and_reason(tmp_path, content, reason):
    (tmp_path / "m.csv").write_bytes(content)
    with pytest.raises(BadManifest, match=r"m\.csv " + reason + r"|m\.csv: " + reason):
        read_manifest(tmp_path / "m.csv")
