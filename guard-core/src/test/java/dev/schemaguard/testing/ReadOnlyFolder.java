// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;

/** A folder in which no file can be made until it is closed, not even by the root user. */
public record ReadOnlyFolder(Path folder) implements AutoCloseable {

  /** Closes a folder to everybody. */
  public static ReadOnlyFolder of(Path folder) throws IOException {
    ReadOnlyFolder closed = new ReadOnlyFolder(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    // Permissions do not bind the root user.
    boolean locked = !Files.isWritable(folder) || closed.change("+i");
    if (!locked) {
      closed.close();
    }
    Assumptions.assumeTrue(locked, "no folder can be made read-only here");
    return closed;
  }

  private boolean change(String attribute) throws IOException {
    return new ProcessBuilder("chattr", attribute, folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .onExit()
            .join()
            .exitValue()
        == 0;
  }

  @Override
  public void close() throws IOException {
    change("-i");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
