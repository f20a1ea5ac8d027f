"""Fetching one address over HTTP: which answers are stored, and which are refused for what reason. No database."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ingest.readers import labels
from ingest.sync.archive import Archive
from ingest.sync.fetch import Fetcher
from ingest.sync.manifest import Manifest
from ingest.sync.results import Failed, Gone, Got, NotModified, Validators
from tests.ingest.web_site import Site, break_off, drip, endless, pdf, reset, serving, stall

LOOPBACK = (ip_network("127.0.0.0/8"),)
ONE = pdf("one")
SHARP = {"max_bytes": 300_000, "attempts": 2, "backoff_seconds": 0.01}
IMPATIENT = {"stall_seconds": 0.4, "total_seconds": 1.2}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def fetcher(archive: Archive, allowed=LOOPBACK, interval: float = 0, **limits) -> Fetcher:
    manifest = Manifest(politeness={"interval_seconds": interval}, limits={**SHARP, **limits})
    return Fetcher(manifest, archive, allowed, threading.Event())


@pytest.fixture
def fetch(archive: Archive):
    """A function that fetches one address, with short time limits."""
    return lambda address, held=None, **limits: fetcher(archive, **limits).document(address, held)[0]


def kept(archive: Archive) -> list[Path]:
    return [path for path in archive.folder.rglob("*") if path.is_file()]


def test_a_document_is_archived_under_its_sha256(site, archive, fetch):
    site.put("/a/2024%E5%B9%B4%E5%86%B3%E7%AE%97.pdf", ONE, etag='"1"', modified=1_700_000_000)
    got = fetch(site.url("/a/2024年决算.pdf"))
    assert got.archived.path.read_bytes() == ONE
    assert kept(archive) == [got.archived.path] == [archive.folder / got.archived.sha256[:2] / got.archived.sha256[2:]]
    assert got.name == "2024年决算.pdf"
    assert got.validators == Validators('"1"', formatdate(1_700_000_000, usegmt=True))


def test_requests_have_our_user_agent_and_use_no_proxy(site, archive, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # no server listens on this port
    site.put("/a.pdf", ONE)
    manifest = Manifest(contact="https://example.org/bot", politeness={"interval_seconds": 0})
    result, _ = Fetcher(manifest, archive, LOOPBACK, threading.Event()).document(site.url("/a.pdf"), None)
    assert isinstance(result, Got)
    (request,) = site.requests
    assert request.headers["User-Agent"] == "juesuan/0.1.0 (department final accounts; https://example.org/bot)"
    assert request.headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("marks", [{"etag": '"1"'}, {"etag": 'W/"1"'}, {"modified": 1_700_000_000.0}])
def test_a_file_in_the_archive_is_not_transferred_again(site, fetch, marks):
    site.put("/a.pdf", ONE, **marks)
    held = fetch(site.url("/a.pdf")).validators
    assert fetch(site.url("/a.pdf"), held) == NotModified()
    site.put("/a.pdf", pdf("two"), **{name: f"{v}2" if name == "etag" else v + 60 for name, v in marks.items()})
    assert fetch(site.url("/a.pdf"), held).archived.path.read_bytes() == pdf("two")


def test_304_to_an_unconditional_request_is_no_answer(site, fetch):
    site.answer("/a.pdf", 304)
    assert fetch(site.url("/a.pdf")) == Failed("304 Not Modified")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(site, fetch, status):
    site.answer("/old.pdf", status, headers={"Location": "/new.pdf"})
    site.put("/new.pdf", ONE)
    assert fetch(site.url("/old.pdf")).archived.path.read_bytes() == ONE


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/a.pdf", "leads on more than 5 times"),
        ("file:///etc/passwd", "leads to an address that is neither http nor https: file:///etc/passwd"),
        ("ftp://127.0.0.1/a.pdf", "leads to an address that is neither http nor https: ftp://127.0.0.1/a.pdf"),
        ("javascript:alert(1)", "leads to an address that is neither http nor https: javascript:alert(1)"),
        ("http://u:p@127.0.0.1/", "leads to an address that carries a user name or a password"),
        ("http://10.0.0.1/a.pdf", "10.0.0.1 is 10.0.0.1: no public address"),
        ("http://[::ffff:10.0.0.1]/a.pdf", "::ffff:10.0.0.1 is ::ffff:10.0.0.1: no public address"),
        ("http://169.254.169.254/latest/", "169.254.169.254 is 169.254.169.254: no public address"),
        ("http://[::1]/a.pdf", "::1 is ::1: no public address"),
        ("http://0x0a000001/a.pdf", "0x0a000001 is 10.0.0.1: no public address"),
    ],
)
def test_a_redirect_that_is_not_followed(site, archive, fetch, location, reason):
    site.answer("/a.pdf", 302, headers={"Location": location})
    result = fetch(site.url("/a.pdf"))
    assert isinstance(result, Failed)
    assert result.reason.removeprefix("robots.txt cannot be read: ") == reason
    assert kept(archive) == []


def test_no_connection_to_loopback_unless_allowed(site, archive):
    site.put("/a.pdf", ONE)
    result, _ = fetcher(archive, allowed=()).document(site.url("/a.pdf", host="localhost"), None)
    assert result.reason.startswith("robots.txt cannot be read: localhost is ")
    assert result.reason.endswith(": no public address")
    assert (site.requests, site.robots_read) == ([], 0)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(site, archive, status):
    site.put("/a.pdf", ONE)
    site.first("/a.pdf", status, headers={"Retry-After": "1"})
    result, attempts = fetcher(archive).document(site.url("/a.pdf"), None)
    assert isinstance(result, Got)
    first, second = site.requests
    assert second.at - first.at >= 1
    assert [attempt.status for attempt in attempts] == [status, 200]
    assert attempts[0].reason.startswith(str(status)) and attempts[1].reason is None


def test_retry_after_as_a_date_holds_for_the_whole_host(site, archive):
    site.put("/a.pdf", ONE)
    site.put("/b.pdf", pdf("two"))
    site.answer("/a.pdf", 503, headers={"Retry-After": formatdate(time.time() + 2, usegmt=True)})
    began, own = time.monotonic(), fetcher(archive, attempts=1)
    assert own.document(site.url("/a.pdf"), None)[0] == Failed("503 Service Unavailable")
    assert isinstance(own.document(site.url("/b.pdf"), None)[0], Got)
    assert site.requests[1].at - began >= 0.95  # a date in a header has whole seconds


def test_a_longer_retry_after_than_allowed_ends_the_attempts(site, fetch):
    site.answer("/a.pdf", 503, headers={"Retry-After": "3600"})
    reason = "503 Service Unavailable: the host asks for a pause of 3600 s, more than the 300 s granted"
    assert fetch(site.url("/a.pdf")) == Failed(reason)
    assert len(site.requests) == 1


def test_a_server_error_is_retried_as_often_as_configured(site, archive):
    site.answer("/a.pdf", 500)
    result, attempts = fetcher(archive, attempts=3).document(site.url("/a.pdf"), None)
    assert result == Failed("500 Internal Server Error")
    assert [attempt.status for attempt in attempts] == [500] * 3 == [500] * len(site.requests)


@pytest.mark.parametrize(("status", "kind"), [(404, Gone), (410, Gone), (403, Failed), (401, Failed), (204, Failed)])
def test_a_permanent_error_is_not_retried(site, fetch, status, kind):
    site.answer("/a.pdf", status)
    assert isinstance(fetch(site.url("/a.pdf")), kind)
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (stall(ONE, 1), "did not answer or stalled for 0.4 s"),
        (drip(pdf("slow", 10_000), 4), "took longer than 1.2 s"),
        (break_off(ONE, 500), "the connection broke off: peer closed connection without sending complete message body"),
        (reset, "the connection broke off: "),
        (endless, "is larger than 300,000 bytes"),
        (break_off(ONE, 400_000), "is larger than 300,000 bytes"),
    ],
    ids=["stalled", "slow", "cut short", "reset", "endless", "too large"],
)
def test_a_body_that_is_slow_incomplete_or_too_large_is_refused(site, archive, fetch, action, reason):
    site.act("/a.pdf", action)
    began = time.monotonic()
    result = fetch(site.url("/a.pdf"), **IMPATIENT)
    assert isinstance(result, Failed) and result.reason.startswith(reason)
    assert time.monotonic() - began < 4
    assert kept(archive) == []


def test_headers_that_are_sent_too_slowly_are_refused(site, fetch):
    def action(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(50):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    site.act("/a.pdf", action)
    assert fetch(site.url("/a.pdf"), attempts=1, **IMPATIENT) == Failed("took longer than 1.2 s")


def test_a_body_cut_short_is_fetched_again(site, fetch):
    site.put("/a.pdf", ONE)
    site.act("/a.pdf", break_off(ONE[:20], len(ONE)), once=True)
    assert fetch(site.url("/a.pdf")).archived.path.read_bytes() == ONE


@pytest.mark.parametrize(
    ("content", "said", "reason"),
    [
        (b"<!DOCTYPE html><p>please log in", "text/html", "is a web page, no document (sent as text/html)"),
        (b"\xef\xbb\xbf \n<html>", "application/pdf", "is a web page, no document (sent as application/pdf)"),
        (b"GIF89a\0\0", "image/gif", f"is none of: {labels()} (sent as image/gif)"),
        (b"", "application/pdf", "is empty (0 bytes)"),
    ],
)
def test_a_file_that_is_no_document_is_not_archived(site, archive, fetch, content, said, reason):
    site.put("/a.pdf", content, content_type=said)
    assert fetch(site.url("/a.pdf")) == Failed(reason)
    assert kept(archive) == []


@pytest.mark.parametrize("said", ["application/octet-stream", "text/html", "image/png"])
def test_a_document_of_another_name_is_a_document(site, fetch, said):
    site.put("/download", ONE, content_type=said)
    assert fetch(site.url("/download?id=7")).name == "download.pdf"


def packed(content: bytes) -> dict:
    return {"content": content, "headers": {"Content-Encoding": "gzip"}}


def test_a_compressed_answer_is_decompressed(site, fetch):
    site.put("/a.pdf", **packed(gzip.compress(ONE[:10]) + gzip.compress(ONE[10:])))
    assert fetch(site.url("/a.pdf")).archived.path.read_bytes() == ONE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (gzip.compress(ONE + bytes(200_000_000), 1), "is larger than 300,000 bytes"),
        (gzip.compress(b"") * 20_000, "is larger than 300,000 bytes"),
        (gzip.compress(ONE)[:-9], "the packed content ends before its end"),
        (b"no gzip at all", "came packed and damaged: Error -3 while decompressing data: incorrect header check"),
    ],
    ids=["bomb", "empty members", "cut short", "damaged"],
)
def test_a_compressed_answer_is_decompressed_up_to_a_limit(site, archive, fetch, content, reason):
    site.put("/a.pdf", **packed(content))
    assert fetch(site.url("/a.pdf")) == Failed(reason)
    assert kept(archive) == []


def test_an_unknown_content_encoding_is_refused(site, fetch):
    site.put("/a.pdf", ONE, headers={"Content-Encoding": "br"})
    assert fetch(site.url("/a.pdf")) == Failed("came packed as br, which was not asked for")


def test_robots_txt_is_obeyed_and_read_once(site, archive):
    site.put("/robots.txt", b"User-agent: *\nDisallow: /inner/\nCrawl-delay: 0.5\n", content_type="text/plain")
    site.put("/inner/a.pdf", ONE)
    site.put("/a.pdf", ONE)
    own = fetcher(archive)
    assert own.document(site.url("/inner/a.pdf"), None)[0] == Failed("robots.txt forbids it")
    began = time.monotonic()
    results = [own.document(site.url("/a.pdf"), None)[0] for _ in range(2)]
    assert all(isinstance(result, Got) for result in results)
    assert (site.robots_read, [request.path for request in site.requests]) == (1, ["/a.pdf"] * 2)
    assert site.requests[1].at - began >= 0.5  # the site notes a request after it was sent, never before


def test_a_redirect_to_a_forbidden_path_is_not_followed(site, fetch):
    site.put("/robots.txt", b"User-agent: juesuan\nDisallow: /inner/\n")
    site.answer("/a.pdf", 302, headers={"Location": "/inner/a.pdf"})
    assert fetch(site.url("/a.pdf")) == Failed("robots.txt forbids it")
    assert site.asked("/inner/a.pdf") == []


@pytest.mark.parametrize(("status", "kind"), [(404, Got), (403, Got), (500, Failed), (503, Failed), (429, Failed)])
def test_a_missing_robots_txt_allows_all_and_a_server_error_nothing(site, fetch, status, kind):
    site.answer("/robots.txt", status)
    site.put("/a.pdf", ONE)
    assert isinstance(fetch(site.url("/a.pdf")), kind)


def test_the_pause_between_two_requests_is_kept_by_many_threads(site, archive):
    for number in range(5):
        site.put(f"/{number}.pdf", pdf(str(number)))
    own = fetcher(archive, interval=0.15)
    began = time.monotonic()
    threads = [threading.Thread(target=own.document, args=(site.url(f"/{number}.pdf"), None)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(request.at for request in site.requests)
    assert len(times) == 5
    assert [at - began >= number * 0.15 for number, at in enumerate(times)] == [True] * 5


def test_a_host_that_keeps_failing_is_not_asked_again(site, archive):
    own = fetcher(archive, attempts=1, failures_in_a_row=3)
    for number in range(5):
        site.act(f"/{number}.pdf", reset)
    reasons = [own.document(site.url(f"/{number}.pdf"), None)[0].reason for number in range(5)]
    assert len(site.requests) == 3
    assert reasons[3:] == ["left for another night: 3 addresses of 127.0.0.1 failed one after another"] * 2


def test_an_address_without_a_server_is_refused_with_a_reason(archive, fetch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    result = fetch(f"http://127.0.0.1:{port}/a.pdf")
    assert result.reason == "robots.txt cannot be read: cannot connect: [Errno 111] Connection refused"


def test_a_self_signed_certificate_is_refused(tmp_path, fetch):
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "site.pem", "localhost"))
    context.sni_callback = lambda _, name, __: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=greet, args=(listening, context))
        thread.start()
        result = fetch(f"https://localhost:{listening.getsockname()[1]}/a.pdf", attempts=1)
        thread.join()
    assert result.reason.startswith("robots.txt cannot be read: cannot be trusted: [SSL: CERTIFICATE_VERIFY_FAILED]")
    assert names == ["localhost"]  # the name is sent in the handshake, though the connection is made to an address


def greet(listening: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = listening.accept()
    with connection, suppress(ssl.SSLError, OSError):
        context.wrap_socket(connection, server_side=True)


def self_signed(path: Path, host: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    formats = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*formats) + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "passwd.pdf"),
        ("/a/..%2f..%2f..%2fetc%2fcron.pdf", "cron.pdf"),
        ("/a%00b.pdf", "ab.pdf"),
        ("/a%0d%0aSet-Cookie:x.pdf", "aSet-Cookie:x.pdf"),
        ("/..%5c..%5cboot.pdf", "boot.pdf"),
        ("/" + "x" * 1500 + ".pdf", "x" * 116 + ".pdf"),
        ("/%E5%86%B3%E7%AE%97.pdf", "决算.pdf"),
        ("/%BE%F6%CB%E3.pdf", "����.pdf"),
        ("/", "127.0.0.1.pdf"),
    ],
)
def test_a_name_of_the_server_cannot_contain_a_path(site, archive, fetch, path, name):
    site.serve = lambda handler: drip(ONE, 0)(handler)
    got = fetch(site.url(path))
    assert got.name == name
    assert kept(archive) == [got.archived.path]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="../../x.pdf"', "x.pdf"),
        ("attachment; filename*=UTF-8''%E5%86%B3%E7%AE%97.pdf", "决算.pdf"),
        ("attachment; filename=plain.pdf", "plain.pdf"),
        ("attachment; filename=\"a.pdf\"; filename*=UTF-8''%E5%86%B3.pdf", "决.pdf"),  # RFC 6266: filename*
        ("attachment; filename*=GBK''%BE%F6%CB%E3.pdf", "决算.pdf"),
        ("attachment; filename=部门 决算.pdf".encode().decode("latin-1"), "部门 决算.pdf"),  # UTF-8, not RFC 6266
        ('attachment; FileName="%E5%86%B3%E7%AE%97;1.pdf"', "决算;1.pdf"),
        ("attachment; filename*0=a; filename*1=b.pdf", "ab.pdf"),
        ("attachment; filename*0*=x; filename*=UTF-8''b%", "d.pdf"),
        ("attachment" + ";" * 60_000 + "filename=x.pdf", "d.pdf"),
        ("attachment", "d.pdf"),
        ("attachment; filename*=idna''%ff.pdf", "d.pdf"),
        ("attachment; filename*=undefined''a.pdf", "d.pdf"),
    ],
)
def test_the_file_name_of_content_disposition_is_used(site, fetch, disposition, name):
    site.put("/d", ONE, headers={"Content-Disposition": disposition})
    assert fetch(site.url("/d")).name == name
