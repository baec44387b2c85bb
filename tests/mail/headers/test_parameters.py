import pytest

from tresen.mail.headers.parameters import read_parameters


@pytest.mark.parametrize(
    ("header", "value", "parameters"),
    [
        ("text/plain; charset=utf-8", "text/plain", {"charset": "utf-8"}),
        ("TEXT/Plain;CHARSET=UTF-8;format=flowed", "text/plain", {"charset": "UTF-8", "format": "flowed"}),
        ('multipart/mixed; boundary="a;b=c"', "multipart/mixed", {"boundary": "a;b=c"}),
        (r'x; name="a\"b"', "x", {"name": 'a"b'}),
        ('x; name="never closed', "x", {"name": "never closed"}),
        ("x; a=1; a=2", "x", {"a": "1"}),
        ("x; name*=iso-8859-1'de'R%FCck", "x", {"name": "Rück"}),
        ("x; name*1=b; name*0=a", "x", {"name": "ab"}),
        ("x; name*=utf-8''a'b", "x", {"name": "a'b"}),
        ("x; name*=no-charset", "x", {"name": "no-charset"}),
        ("x;; ;=; =5", "x", {}),
        ("", "", {}),
    ],
)
def test_parameters_are_read_as_senders_write_them(header, value, parameters):
    read = read_parameters(header)
    assert (read.value, dict(read.parameters)) == (value, parameters)
