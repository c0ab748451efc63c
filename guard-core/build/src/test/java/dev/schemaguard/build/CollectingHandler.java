// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Keeps what is logged. */
final class CollectingHandler extends Handler {

  private final List<String> messages;

  CollectingHandler(List<String> messages) {
    this.messages = messages;
  }

  @Override
  public void publish(LogRecord message) {
    messages.add(message.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
