// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Content of a file, an archive or a URL, of which no more is read than a document can have. */
public final class BoundedText {

  /** The largest document, in bytes. A chain of 100,000 revisions has less than half of it. */
  public static final int LARGEST = 16 << 20;

  private BoundedText() {}

  /**
   * Returns everything that {@code in} holds.
   *
   * @throws IOException if it cannot be read, or holds more than {@link #LARGEST} bytes
   */
  public static byte[] bytes(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new IOException("larger than " + (LARGEST >> 20) + " MiB, the limit for a document");
    }
    return bytes;
  }

  /**
   * Returns everything that {@code file} holds, which may be an entry of an archive.
   *
   * @throws IOException if it cannot be read, or holds more than {@link #LARGEST} bytes
   */
  public static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return bytes(in);
    } catch (IOException e) {
      String reason = e.getMessage();
      throw reason != null && reason.startsWith("larger than ")
          ? new IOException(file + " is " + reason)
          : e;
    }
  }

  /** Returns the text of {@code file} in UTF-8; otherwise as {@link #bytes(Path)}. */
  public static String of(Path file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }
}
