// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The last line of a terminal, where text is drawn again and again in its place. Used under the
 * lock of whoever has it.
 */
final class TerminalLine {

  private static final String TO_START = "\r";
  private static final String ERASE_REST = "\u001B[K";

  // A window may be narrower than is known; what is too long for it is lost, not wrapped. Switched
  // off and on with every drawing, so that nothing that ends the process leaves it off.
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

  /** Draws the text in place of the one before. */
  void draw(String text) {
    String shown = terminal.fit(output.shown(text), output.shown("…"));
    write(TO_START + WRAP_OFF + shown + ERASE_REST + WRAP_ON);
    drawn = true;
  }

  /** Leaves nothing of it. */
  void erase() {
    if (drawn) {
      write(TO_START + ERASE_REST);
      drawn = false;
    }
  }

  /** In one piece, so that whatever ends the process finds the terminal as it was. */
  private void write(String characters) {
    byte[] bytes = characters.getBytes(StandardCharsets.UTF_8);
    stream.write(bytes, 0, bytes.length);
    stream.flush();
  }
}
