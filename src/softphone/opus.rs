//! Puts Opus before all other codecs.

use omicall_api::error::Error;
use wasm_bindgen::prelude::*;

use super::opus_first;
use crate::convert::error::{ThrownError, read_cause};

/// Puts Opus before all other codecs: call it if the PBX prefers Opus (`softphoneSettings(detail).codec.opus`).
///
/// Call it after the audio has been added and before the SDP offer or answer is created; in JsSIP that is the event
/// `connecting` of a session.
///
/// @example
/// ```ts
/// session.on("connecting", () => preferOpus(session.connection));
/// ```
///
/// @param target an audio transceiver, or a peer connection for all its audio transceivers
/// @returns whether it worked: `false` if there is no audio, or the browser has no Opus or no `setCodecPreferences`
/// @throws {OmiCallError} `usage` if `target` is neither.
#[wasm_bindgen(js_name = preferOpus)]
pub fn prefer_opus(
    #[wasm_bindgen(unchecked_param_type = "RTCRtpTransceiver | RTCPeerConnection")] target: &JsValue,
) -> Result<bool, ThrownError> {
    opus_first(target).map_err(|thrown| {
        let message = "`target` must be an open RTCPeerConnection or an RTCRtpTransceiver.";
        Error::usage(message)
            .with_cause(read_cause(&thrown))
            .with_fields(|fields| fields.path = Some(String::new()))
            .into()
    })
}
