/** Sizes and rates that several tables share. Everything here is enforced before a handler runs. */

/** The largest Socket.IO message that the server reads, in bytes; one byte more drops the connection. */
export const MAX_MESSAGE_BYTES = 128 * 1024;

/** A command that names a call and little else. */
export const SMALL = { maxBytes: 2_048, perMinute: 120 } as const;

/** RTP and DTLS parameters: a browser's capabilities are about 8 kB. */
export const MEDIA = { maxBytes: 65_536, perMinute: 240 } as const;

/** A full view of something that may be large; a healthy client needs it after a gap only. */
export const SNAPSHOT = { maxBytes: 512, perMinute: 60 } as const;

/** Control link: one media server serves thousands of peers, so only the size is bounded. */
export const LINK = { maxBytes: 131_072, perMinute: 600_000 } as const;
