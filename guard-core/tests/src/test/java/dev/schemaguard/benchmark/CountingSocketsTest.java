// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.benchmark.CountingSockets.Count;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the benchmark counts on the wire: by made-up messages, and by the real driver. */
class CountingSocketsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 1_000})
  void messagesAreToldApartHoweverTheirBytesArrive(int portion) throws IOException {
    List<Integer> sent = new ArrayList<>();
    List<Integer> received = new ArrayList<>();
    byte[] messages = bytes("QD", 'D', "QDE", 'Q', "", 'E', "Z".repeat(300));

    Frames toServer = Frames.sent(sent::add);
    Frames toClient = Frames.received(received::add);
    for (int at = 0; at < messages.length; at += portion) {
      int count = Math.min(portion, messages.length - at);
      toServer.see(messages, at, count);
    }
    for (int at = 6; at < messages.length; at += portion) {
      toClient.see(messages, at, Math.min(portion, messages.length - at));
    }

    assertThat(sent).containsExactly(0, (int) 'D', (int) 'Q', (int) 'E');
    assertThat(received).containsExactly((int) 'D', (int) 'Q', (int) 'E');
  }

  @Test
  void theDriversStatementsRowsAndBytesAreCounted() throws Exception {
    TestDatabase database = Postgres.database();
    Properties properties = new Properties();
    properties.put("user", database.user());
    properties.put("password", database.password());
    properties.putAll(Run.COUNTED);
    try (Connection connection = DriverManager.getConnection(database.url(), properties)) {
      Count before = CountingSockets.count();
      assertThat(rows(connection, "SELECT repeat('x', 1000) FROM generate_series(1, 250)"))
          .isEqualTo(250);
      Count ofOne = CountingSockets.count().since(before);

      assertThat(ofOne.statements()).isEqualTo(1);
      assertThat(ofOne.rows()).isEqualTo(250);
      assertThat(ofOne.bytes()).isBetween(250_000L, 260_000L);

      before = CountingSockets.count();
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1; SELECT 2");
      }
      connection.setAutoCommit(false);
      assertThat(rows(connection, "SELECT 3")).isEqualTo(1);
      connection.rollback();
      Count ofMore = CountingSockets.count().since(before);

      assertThat(ofMore.statements()).as("two, BEGIN, one, ROLLBACK").isEqualTo(5);
      assertThat(ofMore.rows()).isEqualTo(3);
    }
  }

  private static int rows(Connection connection, String sql) throws Exception {
    int count = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        count++;
      }
    }
    return count;
  }

  /** The first message, which has no type, and three that have one. */
  private static byte[] bytes(String first, Object... typesAndBodies) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(first.length() + 4);
    out.writeBytes(first);
    for (int i = 0; i < typesAndBodies.length; i += 2) {
      String body = (String) typesAndBodies[i + 1];
      out.writeByte((char) typesAndBodies[i]);
      out.writeInt(body.length() + 4);
      out.writeBytes(body);
    }
    return bytes.toByteArray();
  }
}
