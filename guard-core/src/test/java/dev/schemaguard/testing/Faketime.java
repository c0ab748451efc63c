// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The library that gives a process a wall clock of its own, which it may set while it runs. Its
 * other clock, that of {@link System#nanoTime}, goes on as it is, as when an administrator sets the
 * clock of a machine.
 */
public final class Faketime {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

  private Faketime() {}

  /** Whether it is there; an error where CI is set and it is not. */
  static boolean isInstalled() {
    boolean installed = PLACES.stream().anyMatch(Files::exists);
    if (!installed && System.getenv("CI") != null) {
      throw new IllegalStateException("libfaketime is not installed");
    }
    return installed;
  }

  /** The environment of a process whose clock {@link #set} moves through {@code control}. */
  public static Map<String, String> environment(Path control) {
    String library = PLACES.stream().filter(Files::exists).findFirst().orElseThrow().toString();
    return Map.of(
        "LD_PRELOAD",
        library,
        "FAKETIME_TIMESTAMP_FILE",
        control.toString(),
        "FAKETIME_NO_CACHE",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1");
  }

  /** Moves the clock: {@code +400d}. */
  public static void set(Path control, String offset) {
    try {
      Files.writeString(control, offset + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
