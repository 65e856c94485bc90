//! A server on loopback that answers like a source, well or badly.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use url::Url;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// With its query.
    pub path: String,
    /// By name in lower case.
    pub headers: HashMap<String, String>,
}

/// How it is answered.
#[derive(Debug, Clone)]
pub enum Reply {
    Body(u16, String),
    /// To this address.
    Redirect(String),
    /// Says that there are so many bytes more than there are.
    Cut(String),
    /// Closes without a word.
    Closed,
    /// Takes longer than anybody waits.
    Slow,
}

type Handler = dyn Fn(&Asked) -> Reply + Send + Sync;

pub struct Stub {
    pub url: Url,
    asked: Arc<Mutex<Vec<Asked>>>,
    ended: Arc<AtomicBool>,
}

impl Stub {
    pub fn start(handler: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stub = Self {
            url: Url::parse(&format!("http://{address}")).unwrap(),
            asked: Arc::default(),
            ended: Arc::default(),
        };
        let (asked, ended) = (Arc::clone(&stub.asked), Arc::clone(&stub.ended));
        let handler: Arc<Handler> = Arc::new(handler);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let (asked, handler) = (Arc::clone(&asked), Arc::clone(&handler));
                thread::spawn(move || {
                    // The client may have gone away; that is its business.
                    let _ = answer(stream.unwrap(), &asked, &*handler);
                });
            }
        });
        stub
    }

    /// What was asked for so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for the next client.
        let _ = TcpStream::connect(self.url.socket_addrs(|| None).unwrap()[0]);
    }
}

fn answer(mut stream: TcpStream, asked: &Mutex<Vec<Asked>>, handler: &Handler) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = header.split_once(':') {
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    let request = Asked { path, headers };
    asked.lock().unwrap().push(request.clone());
    match handler(&request) {
        Reply::Body(status, body) => write(&mut stream, status, "", &body, body.len()),
        Reply::Redirect(to) => write(&mut stream, 302, &format!("Location: {to}\r\n"), "", 0),
        Reply::Cut(body) => write(&mut stream, 200, "", &body, body.len() + 100),
        Reply::Closed => Ok(()),
        Reply::Slow => {
            thread::sleep(Duration::from_secs(3));
            Ok(())
        }
    }
}

fn write(stream: &mut TcpStream, status: u16, headers: &str, body: &str, length: usize) -> std::io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}
