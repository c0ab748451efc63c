// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The encoding in which text is written to a stream: UTF-8, except on a console with another one,
 * such as that of Windows with its default code page. Immutable.
 *
 * @param charset the encoding
 */
record ConsoleEncoding(Charset charset) {

  private static final ConsoleEncoding UTF_8 = new ConsoleEncoding(StandardCharsets.UTF_8);

  /** Returns the encoding of standard output or standard error; UTF-8 for any other stream. */
  static ConsoleEncoding of(PrintStream stream) {
    if (stream == System.out) {
      ConsoleEncoding named = named("stdout");
      return named.equals(UTF_8) || Terminal.isStandardOutput() ? named : UTF_8;
    }
    if (stream == System.err) {
      ConsoleEncoding named = named("stderr");
      return named.equals(UTF_8) || Terminal.isStandardError() ? named : UTF_8;
    }
    return UTF_8;
  }

  /** Since JDK 19, the property's name has no prefix. JDK 17 sets it for consoles only. */
  private static ConsoleEncoding named(String stream) {
    String name = System.getProperty(stream + ".encoding");
    return named(name, System.getProperty("sun." + stream + ".encoding"));
  }

  /**
   * Returns the first encoding that is set and known; else UTF-8. It is UTF-8 for ASCII too,
   * because that is what a locale without a language says about every terminal.
   */
  static ConsoleEncoding named(@Nullable String first, @Nullable String second) {
    String name = first != null ? first : second;
    try {
      Charset charset = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
      return charset.equals(StandardCharsets.US_ASCII) || !charset.canEncode()
          ? UTF_8
          : new ConsoleEncoding(charset);
    } catch (IllegalArgumentException e) {
      return UTF_8;
    }
  }

  /** Returns the text with similar or escaped characters in place of those that it cannot show. */
  String fit(String text) {
    CharsetEncoder encoder = charset.newEncoder();
    if (encoder.canEncode(text)) {
      return text;
    }
    StringBuilder fitting = new StringBuilder(text.length());
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            character ->
                fitting.append(encoder.canEncode(character) ? character : Output.ascii(character)));
    return fitting.toString();
  }
}
