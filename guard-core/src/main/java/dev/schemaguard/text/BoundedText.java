// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the content of a file, an archive entry or a URL, up to the largest size that a document
 * can have.
 */
public final class BoundedText {

  /** The largest document, in bytes. A chain of 100,000 revisions is less than half that size. */
  public static final int LARGEST = 16 << 20;

  private BoundedText() {}

  /**
   * Returns everything that {@code in} contains.
   *
   * @throws IOException if it cannot be read, or contains more than {@link #LARGEST} bytes
   */
  public static byte[] bytes(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new IOException("larger than " + (LARGEST >> 20) + " MiB, the limit for a document");
    }
    return bytes;
  }

  /**
   * Returns everything that {@code file} contains. The file may be an entry of an archive.
   *
   * @throws IOException if it cannot be read, or contains more than {@link #LARGEST} bytes
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

  /**
   * Returns the text of {@code file} in UTF-8. The limits and errors are those of {@link
   * #bytes(Path)}.
   */
  public static String of(Path file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }
}
