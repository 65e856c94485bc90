//! An HTTP/1.1 client that costs little: requests are bytes that were made beforehand, one buffer a
//! connection, and of an answer only its end is looked for.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::Result;

/// The bytes of a request; with `body` as JSON.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Vec<u8> {
    let headers: Vec<String> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let of_body = body.map_or_else(String::new, |body| {
        format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len())
    });
    let (headers, body) = (headers.concat(), body.unwrap_or_default());
    format!("{method} {path} HTTP/1.1\r\nhost: bench\r\n{headers}{of_body}\r\n{body}").into_bytes()
}

/// A GET with a Bearer token.
pub fn get_with(token: &str, path: &str) -> Vec<u8> {
    request("GET", path, &[("authorization", &format!("Bearer {token}"))], None)
}

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// A whole answer, in the connection's buffer.
pub struct Answer<'a> {
    pub status: u16,
    /// Status line and header lines.
    head: &'a [u8],
    /// As it came: in chunks, if `chunked`.
    raw: &'a [u8],
    chunked: bool,
}

impl Answer<'_> {
    /// Names as they were sent, i.e. in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let head = str::from_utf8(self.head).unwrap_or_default();
        let lines = head.split("\r\n").skip(1);
        lines.filter_map(|line| line.split_once(':').map(|(name, value)| (name, value.trim())))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The body without its chunks' sizes, still compressed if it came so.
    pub fn body(&self) -> Vec<u8> {
        if !self.chunked {
            return self.raw.to_vec();
        }
        let mut body = Vec::with_capacity(self.raw.len());
        let mut rest = self.raw;
        while let Some((size, start)) = chunk(rest).filter(|(size, _)| *size > 0) {
            body.extend_from_slice(rest.get(start..start + size).unwrap_or_default());
            rest = rest.get(start + size + 2..).unwrap_or_default();
        }
        body
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body()).into_owned()
    }

    /// The text of a member of a JSON body that is one flat object.
    pub fn member(&self, name: &str) -> Result<String> {
        let body: serde_json::Value = serde_json::from_slice(&self.body())?;
        let member = body.get(name).and_then(serde_json::Value::as_str);
        Ok(member
            .ok_or_else(|| format!("there is no {name} in the answer ({})", self.status))?
            .to_owned())
    }
}

/// How the body ends.
enum Framing {
    Length(usize),
    Chunks,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: vec![0; 64 * 1024],
        })
    }

    /// Sends a request and waits for the whole answer.
    pub async fn send(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        let mut filled = 0;
        let head_end = loop {
            let looked_at = filled;
            self.fill(&mut filled).await?;
            if let Some(end) = end_of_head(self.read(filled), looked_at) {
                break end;
            }
        };
        let head = self.buffer.get(..head_end).unwrap_or_default();
        let status = status(head).ok_or("an answer that is no HTTP")?;
        let framing = framing(head);
        let end = match framing {
            Framing::Length(length) => {
                while filled < head_end + length {
                    self.fill(&mut filled).await?;
                }
                head_end + length
            }
            Framing::Chunks => self.chunks(head_end, &mut filled).await?,
        };
        let (head, rest) = self.buffer.split_at_checked(head_end).ok_or("no head")?;
        Ok(Answer {
            status,
            head,
            raw: rest.get(..end - head_end).unwrap_or_default(),
            chunked: matches!(framing, Framing::Chunks),
        })
    }

    /// Reads chunks to their end, and says where that is.
    async fn chunks(&mut self, start: usize, filled: &mut usize) -> Result<usize> {
        let mut at = start;
        loop {
            if let Some((size, begins)) = self.buffer.get(at..*filled).and_then(chunk) {
                // The chunk's bytes, and the line end after them.
                let next = at + begins + size + 2;
                while *filled < next {
                    self.fill(filled).await?;
                }
                at = next;
                if size == 0 {
                    return Ok(at);
                }
            } else {
                self.fill(filled).await?;
            }
        }
    }

    fn read(&self, filled: usize) -> &[u8] {
        self.buffer.get(..filled).unwrap_or_default()
    }

    async fn fill(&mut self, filled: &mut usize) -> Result<()> {
        if *filled == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let free = self.buffer.get_mut(*filled..).unwrap_or_default();
        match self.stream.read(free).await? {
            0 => Err("the connection was closed in the middle of an answer".into()),
            read => {
                *filled += read;
                Ok(())
            }
        }
    }
}

/// Where the body begins; `looked_at` bytes were searched before.
fn end_of_head(bytes: &[u8], looked_at: usize) -> Option<usize> {
    let from = looked_at.saturating_sub(3);
    let found = bytes.get(from..)?.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some(from + found + 4)
}

fn status(head: &[u8]) -> Option<u16> {
    str::from_utf8(head.strip_prefix(b"HTTP/1.1 ")?.get(..3)?)
        .ok()?
        .parse()
        .ok()
}

fn framing(head: &[u8]) -> Framing {
    const LENGTH: &[u8] = b"content-length:";
    const ENCODING: &[u8] = b"transfer-encoding:";
    let is = |line: &[u8], name: &[u8]| {
        line.get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    for line in head.split(|byte| *byte == b'\n') {
        if is(line, LENGTH) {
            let value = line.get(LENGTH.len()..).unwrap_or_default().trim_ascii();
            let length = str::from_utf8(value).ok().and_then(|value| value.parse().ok());
            return Framing::Length(length.unwrap_or(0));
        }
        if is(line, ENCODING) {
            return Framing::Chunks;
        }
    }
    Framing::Length(0)
}

/// The size of the chunk that begins here, and where its bytes do; `None` until its line is there.
fn chunk(bytes: &[u8]) -> Option<(usize, usize)> {
    let line = bytes.iter().take(32).position(|byte| *byte == b'\n')?;
    let digits = str::from_utf8(bytes.get(..line)?).ok()?;
    let digits = digits.split(';').next()?.trim();
    Some((usize::from_str_radix(digits, 16).ok()?, line + 1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

    use tokio::net::TcpListener;

    use super::*;

    /// Sends `parts` one after the other to whoever asks, for each request that comes.
    async fn answering(parts: &'static [&'static [u8]]) -> Connection {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 1024];
            while stream.read(&mut asked).await.unwrap() > 0 {
                for part in parts {
                    stream.write_all(part).await.unwrap();
                    stream.flush().await.unwrap();
                    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
                }
            }
        });
        Connection::open(address).await.unwrap()
    }

    #[tokio::test]
    async fn reads_bodies_with_a_length_however_they_are_cut() {
        let mut connection = answering(&[
            b"HTTP/1.1 200 OK\r\nContent-Le",
            b"ngth: 5\r\nx: y\r\n\r",
            b"\nhel",
            b"lo",
        ])
        .await;
        for _ in 0..2 {
            let answer = connection.send(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
            assert_eq!(
                (answer.status, answer.text().as_str(), answer.header("X")),
                (200, "hello", Some("y"))
            );
        }
    }

    #[tokio::test]
    async fn reads_chunks_however_they_are_cut() {
        let mut connection = answering(&[
            b"HTTP/1.1 503 x\r\ntransfer-encoding: chunked\r\n\r\n5\r",
            b"\nhel",
            b"lo\r\n3;x=y\r\n wo\r\n0\r\n\r",
            b"\n",
        ])
        .await;
        for _ in 0..2 {
            let answer = connection.send(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
            assert_eq!((answer.status, answer.text().as_str()), (503, "hello wo"));
        }
    }

    #[tokio::test]
    async fn a_connection_that_ends_is_an_error() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut connection = Connection::open(listener.local_addr().unwrap()).await.unwrap();
        let (mut stream, _) = listener.accept().await.unwrap();
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")
            .await
            .unwrap();
        drop(stream);
        assert!(connection.send(b"GET / HTTP/1.1\r\n\r\n").await.is_err());
    }
}
