/// RESP, the wire format, versions 2 and 3: bytes to requests ([RequestDecoder]) and replies to
/// bytes ([ReplyEncoder]).
///
/// Both work on plain byte arrays and know no socket: the decoder is a function of the bytes seen
/// so far, however they were cut, and the encoder fills a [ReplyBuffer] that hands full arrays on.
///
/// Format: the Redis serialization protocol specification; inline commands and the limits are
/// those of Redis 7.0.
@NullMarked
package io.karst.server.resp;

import org.jspecify.annotations.NullMarked;
