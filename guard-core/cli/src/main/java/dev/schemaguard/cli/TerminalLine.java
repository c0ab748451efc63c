// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.PrintStream;

/**
 * The last line of a terminal, in which text is redrawn in place. Its owner must hold a lock while
 * using it.
 */
final class TerminalLine {

  private static final String TO_START = "\r";
  private static final String ERASE_REST = "\u001B[K";

  // A window may be narrower than its known width; text that does not fit is cut, not wrapped.
  // Wrapping is switched off and on with every drawing, so that it is never left off if the process
  // ends.
  private static final String WRAP_OFF = "\u001B[?7l";
  private static final String WRAP_ON = "\u001B[?7h";

  private final PrintStream stream;
  private final Terminal terminal;
  private final Output output;
  private boolean drawn;

  TerminalLine(PrintStream stream, Terminal terminal, Output output) {
    this.stream = stream;
    this.terminal = terminal;
    this.output = output;
  }

  /** Draws the text in place of the previous one. */
  void draw(String text) {
    String shown = terminal.fit(output.shown(text), output.shown("…"));
    write(TO_START + WRAP_OFF + shown + ERASE_REST + WRAP_ON);
    drawn = true;
  }

  /** Erases the line. */
  void erase() {
    if (drawn) {
      write(TO_START + ERASE_REST);
      drawn = false;
    }
  }

  /**
   * Writes everything at once, so that a process that ends leaves the terminal in its original
   * state.
   */
  private void write(String characters) {
    ConsoleEncoding encoding = ConsoleEncoding.of(stream);
    byte[] bytes = encoding.fit(characters).getBytes(encoding.charset());
    stream.write(bytes, 0, bytes.length);
    stream.flush();
  }
}
