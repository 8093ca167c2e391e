//! Requests to providers: encrypted, bounded in time and size, and never led elsewhere.

use std::{future::Future, pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http::Response, url::Url};
use reqwest::redirect::Policy;

use super::ProviderError;

/// The largest answer of a provider, in bytes.
const MAX_ANSWER: usize = 256 << 10;

/// Sends requests to one provider.
pub(super) struct HttpClient(reqwest::Client);

impl HttpClient {
    /// For the provider at `address`, which has `timeout` for each answer.
    pub(super) fn new(address: &Url, timeout: Duration) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            // GitHub answers nobody without a name.
            .user_agent("bugdrill")
            .redirect(Policy::none())
            // What the provider names as its other addresses, too.
            .https_only(address.scheme() == "https")
            .timeout(timeout)
            .build()?;
        Ok(Self(client))
    }

    /// Sends one request. That a provider is at fault is all that its errors tell: they may hold what it wrote.
    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, ProviderError> {
        let request = reqwest::Request::try_from(request)
            .map_err(|_| ProviderError::Answer("it names an address that is none"))?;
        let mut answer = self.0.execute(request).await.map_err(|_| ProviderError::Unavailable)?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| ProviderError::Unavailable)? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(ProviderError::Answer("it is too large"));
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for HttpClient {
    type Error = ProviderError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, ProviderError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

#[cfg(test)]
mod tests {
    use openidconnect::http::Request;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// What comes of a request that is answered so.
    async fn send(answer: &[u8], timeout: Duration) -> Result<HttpResponse, ProviderError> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let client = HttpClient::new(&Url::parse(&address).unwrap(), timeout).unwrap();
        let request = Request::builder().uri(address).body(Vec::new()).unwrap();
        let serve = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 1_024]).await.unwrap();
            // The client may have heard enough before all is written.
            let _ = stream.write_all(answer).await;
            std::future::pending::<()>().await;
        };
        tokio::select! {
            sent = client.send(request) => sent,
            () = serve => unreachable!("it waits"),
        }
    }

    fn answer(length: usize) -> Vec<u8> {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
        [head.into_bytes(), vec![b'x'; length]].concat()
    }

    const LONG: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn answers_are_taken_up_to_a_size() {
        assert_eq!(send(&answer(MAX_ANSWER), LONG).await.unwrap().body().len(), MAX_ANSWER);
        assert!(matches!(send(&answer(MAX_ANSWER + 1), LONG).await, Err(ProviderError::Answer(_))));
    }

    #[tokio::test]
    async fn redirects_are_answers_like_others() {
        let redirect = b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(send(redirect, LONG).await.unwrap().status(), 302);
    }

    #[tokio::test]
    async fn an_answer_that_does_not_come_or_does_not_end_is_not_waited_for() {
        for started in [&b""[..], b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nx"] {
            assert_eq!(send(started, Duration::from_millis(50)).await.unwrap_err(), ProviderError::Unavailable);
        }
    }

    #[tokio::test]
    async fn a_provider_that_is_reached_encrypted_is_reached_so_only() {
        let client = HttpClient::new(&Url::parse("https://accounts.example.com").unwrap(), LONG).unwrap();
        let request = Request::builder().uri("http://127.0.0.1:1/").body(Vec::new()).unwrap();
        assert_eq!(client.send(request).await.unwrap_err(), ProviderError::Unavailable);
    }
}
