//! The pack: all content in one compressed file, which the binary embeds.

use bugdrill_model::content::Pack;

/// zstd's level: the pack is written once for each build and is small.
const COMPRESSION_LEVEL: i32 = 19;

/// Why bytes are not a pack.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// They are not compressed with zstd.
    #[error("the pack cannot be decompressed")]
    Decompress(#[from] std::io::Error),
    /// They hold something else.
    #[error("the pack cannot be read")]
    Read(#[from] serde_json::Error),
}

/// Writes a pack.
pub fn encode(pack: &Pack) -> Result<Vec<u8>, PackError> {
    Ok(zstd::encode_all(serde_json::to_vec(pack)?.as_slice(), COMPRESSION_LEVEL)?)
}

/// Reads a pack.
pub fn decode(bytes: &[u8]) -> Result<Pack, PackError> {
    Ok(serde_json::from_slice(&zstd::decode_all(bytes)?)?)
}
