import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const magicCookie = 0x2112a442;
const bindingRequestType = 0x0001;
const headerBytes = 20;
/** RFC 8489 and RFC 8445 attribute numbers. */
const attributes = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlling: 0x802a,
};
/** What RFC 8489 §14.7 has the checksum XORed with: "STUN". */
const fingerprintMask = 0x5354554e;

/**
 * The STUN binding request with which a browser nominates a candidate pair (RFC 8445 §7.2).
 *
 * @param {{ usernameFragment: string, password: string }} remote the ICE parameters of who is asked
 */
export function bindingRequest(remote) {
  const transactionId = randomBytes(12);
  const body = [
    attribute(attributes.username, Buffer.from(`${remote.usernameFragment}:check`)),
    attribute(attributes.priority, uint32(1)),
    attribute(attributes.iceControlling, randomBytes(8)),
    attribute(attributes.useCandidate, Buffer.alloc(0)),
  ];
  // Both checks cover the header with the length as it is once they are added.
  const integrity = createHmac('sha1', remote.password)
    .update(message(transactionId, body, 24))
    .digest();
  body.push(attribute(attributes.messageIntegrity, integrity));
  const checksum = (crc32(message(transactionId, body, 8)) ^ fingerprintMask) >>> 0;
  body.push(attribute(attributes.fingerprint, uint32(checksum)));
  return message(transactionId, body, 0);
}

/** @param {Buffer} transactionId @param {Buffer[]} body @param {number} bytesToCome */
function message(transactionId, body, bytesToCome) {
  const content = Buffer.concat(body);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16BE(bindingRequestType, 0);
  header.writeUInt16BE(content.length + bytesToCome, 2);
  header.writeUInt32BE(magicCookie, 4);
  transactionId.copy(header, 8);
  return Buffer.concat([header, content]);
}

/** @param {number} type @param {Buffer} value */
function attribute(type, value) {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(value.length, 2);
  const padding = Buffer.alloc((4 - (value.length % 4)) % 4);
  return Buffer.concat([header, value, padding]);
}

/** @param {number} value */
function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
