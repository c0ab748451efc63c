// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.SqlFailure.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SQLite. A table is in a file with one schema only, which JDBC does not name. Its codes are
 * SQLite's result codes.
 */
final class Sqlite extends Dialect {

  /** The schema of the file that the connection was opened with. */
  static final String FILE = "main";

  private static final String DRIVER = "org.sqlite.";

  Sqlite() {
    super("sqlite");
  }

  @Override
  public boolean hasBooleans() {
    return false;
  }

  /** A name in double quotes that is not a column is a text, and not an error. */
  @Override
  protected String quote(Connection connection) {
    return "`";
  }

  @Override
  public boolean hasSchemas() {
    return false;
  }

  @Override
  protected String currentSchema(Connection connection) {
    return FILE;
  }

  @Override
  protected Set<String> defaultSchemas() {
    return Set.of(FILE);
  }

  @Override
  protected TableCatalog catalog(DatabaseSession session) {
    return new SqliteCatalog(session);
  }

  /** Every failure is {@code SQLITE_ERROR} without a state; its catalog shows what exists. */
  @Override
  protected Kind kind(String state, int code) {
    return Kind.OTHER;
  }

  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    if (!failure.getClass().getName().startsWith(DRIVER)) {
      return null;
    }
    return switch (failure.getErrorCode() & 0xff) {
      // SQLITE_BUSY, SQLITE_LOCKED.
      case 5, 6 -> Refusal.LOCKED;
      // SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_CANTOPEN, SQLITE_NOTADB.
      case 8, 10, 11, 14, 26 -> Refusal.FILE;
      default -> Refusal.OTHER;
    };
  }

  /** Looks at the URL's parameters ("URI Filenames") and at the file itself. */
  @Override
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    String url = Optional.ofNullable(session.connection().getMetaData().getURL()).orElse("");
    String parameters = url.substring(url.indexOf('?') + 1);
    for (String parameter : List.of("mode=ro", "immutable=1")) {
      if (url.contains("?") && List.of(parameters.split("&", -1)).contains(parameter)) {
        return WriteState.file(WriteState.OPENED_READ_ONLY + " (" + parameter + " in the URL)");
      }
    }
    String name = session.textOrNull("SELECT file FROM pragma_database_list WHERE name = 'main'");
    if (name == null || name.isEmpty()) {
      return WriteState.WRITABLE;
    }
    Path file = Path.of(name).toAbsolutePath();
    if (!Files.isWritable(file)) {
      return WriteState.file("this user may not write the file " + file.getFileName());
    }
    Path folder = file.getParent();
    return folder != null && !Files.isWritable(folder)
        ? WriteState.file("this user may not write in the folder of " + file.getFileName())
        : WriteState.WRITABLE;
  }

  @Override
  public Optional<StructureCatalog> structure() {
    return Optional.of(new SqliteStructure());
  }
}
