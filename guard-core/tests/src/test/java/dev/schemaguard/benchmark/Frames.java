// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import java.util.function.IntConsumer;

/**
 * One direction of a connection in PostgreSQL's protocol 3, which tells the type of each message: a
 * byte, then the length of what follows, itself included, in four bytes. Bytes may come in portions
 * of any size. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">message
 *     formats</a>
 */
final class Frames {

  private static final int LENGTH_BYTES = 4;

  private final IntConsumer types;
  private int type;
  private boolean typeKnown;
  private int lengthBytes;
  private int length;
  private int body;

  private Frames(IntConsumer types, boolean typeKnown) {
    this.types = types;
    this.typeKnown = typeKnown;
  }

  /** What the client sends; its first message has no type, and counts as 0. */
  static Frames sent(IntConsumer types) {
    return new Frames(types, true);
  }

  /** What the server sends. */
  static Frames received(IntConsumer types) {
    return new Frames(types, false);
  }

  /** The next bytes of this direction. */
  void see(byte[] bytes, int offset, int count) {
    int end = offset + count;
    for (int at = offset; at < end; ) {
      if (body > 0) {
        int skipped = Math.min(body, end - at);
        at += skipped;
        body -= skipped;
      } else {
        header(bytes[at++]);
      }
    }
  }

  private void header(byte next) {
    if (!typeKnown) {
      type = next;
      typeKnown = true;
      return;
    }
    length = (length << Byte.SIZE) | (next & 0xff);
    lengthBytes++;
    if (lengthBytes == LENGTH_BYTES) {
      types.accept(type);
      body = length - LENGTH_BYTES;
      typeKnown = false;
      lengthBytes = 0;
      length = 0;
    }
  }
}
