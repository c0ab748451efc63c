// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * A style sheet or script in a page, and the hash with which a policy allows it and nothing else.
 *
 * @param text the text between the tags
 * @param source the hash as a source of a Content-Security-Policy: {@code 'sha256-…'}
 */
record InlineCode(String text, String source) {

  /** Returns the resource with this name next to this class. */
  static InlineCode of(String name) {
    String text = read(name);
    return new InlineCode(text, "'sha256-" + hash(text) + "'");
  }

  /**
   * Returns a resource with line feeds only. A browser normalises all line ends before it computes
   * the hash.
   */
  private static String read(String name) {
    try (InputStream in = InlineCode.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8)
          .replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Returns the element that contains the text: {@code style} or {@code script}. */
  Html in(String element) {
    return Html.tag(element, Html.raw(text));
  }
}
