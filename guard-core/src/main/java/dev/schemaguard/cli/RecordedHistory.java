// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.history.Borrowing;
import dev.schemaguard.history.HistoryReading;
import dev.schemaguard.history.HistoryReading.Absent;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.history.HistoryReading.Unreadable;
import dev.schemaguard.history.LiquibaseHistoryReader;
import dev.schemaguard.history.SqlFailure;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ConfigurationException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;

/** The whole history of a database, for generating a chain from it. */
final class RecordedHistory {

  private RecordedHistory() {}

  static History of(DatabaseOptions database) {
    Tool tool = database.tool();
    if (tool != Tool.AUTO && tool != Tool.LIQUIBASE) {
      throw error(
          "the history of " + tool + " does not become a chain yet",
          "Generate it from the migrations: schema-guard revisions --" + tool + " DIRECTORY");
    }
    LiquibaseHistoryReader reader = new LiquibaseHistoryReader(database.location());
    try {
      HistoryReading reading =
          new Borrowing<>(database.dataSource(), reader::read).within(database.timeout());
      if (reading instanceof Unreadable unreadable) {
        throw error(unreadable.why(), String.join(" Or: ", unreadable.actions()));
      }
      if (reading instanceof Absent absent) {
        throw error(
            "there is no history: " + absent.place().text(), "Name a database that was migrated.");
      }
      return (History) reading;
    } catch (SQLException | Borrowing.NoConnectionException e) {
      throw error(SqlFailure.message(e), "Check URL, user and password.");
    } catch (TimeoutException e) {
      throw error("no answer from " + e.getMessage(), "Raise --timeout, or look why it hangs.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error("interrupted", "Run it again.");
    }
  }

  private static ConfigurationException error(String what, String action) {
    return new ConfigurationException("--from-database", what, action);
  }
}
