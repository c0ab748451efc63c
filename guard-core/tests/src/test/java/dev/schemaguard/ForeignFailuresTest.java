// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a pool or driver throws, and wherever, becomes a status that gives the first cause.
 * Connections to a real database whose calls fail one after the other.
 */
class ForeignFailuresTest {

  private static Throwable gone() {
    return new SQLException("gone", "08006");
  }

  private static Throwable outside() {
    return new IllegalStateException("no connection in scope");
  }

  private final TestDatabase database = migrated();

  private static TestDatabase migrated() {
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    return database;
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(Map.of("getMetaData", gone(), "close", outside()), "gone"),
        Arguments.of(Map.of("getMetaData", gone(), "getAutoCommit", outside()), "gone"),
        Arguments.of(Map.of("getMetaData", outside(), "close", gone()), "no connection in scope"),
        Arguments.of(
            Map.of("createStatement", gone(), "isValid", new AbstractMethodError("isValid")),
            "gone"),
        Arguments.of(
            Map.of("createStatement", gone(), "isValid", outside(), "isClosed", outside()), "gone"),
        Arguments.of(
            Map.of("createStatement", new SQLException("odd", "HY000"), "rollback", gone()), "odd"),
        Arguments.of(
            Map.of("getMetaData", new NoClassDefFoundError("javax/xml/bind/JAXB")),
            "NoClassDefFoundError: javax/xml/bind/JAXB"),
        Arguments.of(
            Map.of("createStatement", new AbstractMethodError("old driver"), "close", outside()),
            "AbstractMethodError: old driver"),
        Arguments.of(Map.of("getConnection", new UnsatisfiedLinkError("no sqlj")), "no sqlj"),
        Arguments.of(Map.of("getConnection", new AssertionError("a pool's own")), "a pool's own"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void areAStatusWithTheFirstCause(Map<String, Throwable> failing, String cause) {
    SchemaGuard guard = guard(failing).mode(Mode.STRICT).build();

    MigrationStatus status = guard.check();

    assertThat(status.verdict()).isIn(Verdict.UNREACHABLE, Verdict.UNREADABLE);
    assertThat(status.error()).contains(cause);
    assertThat(guard.status().error()).contains(cause);
    assertThat(guard.preflight().status().error()).contains(cause);
    assertThat(guard.connectedVersions().visibility()).isEqualTo(ConnectedVersions.Visibility.NONE);
    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(guard::enforce)
        .withMessageContaining(cause);
    assertThat(guard(failing).build().enforce().error()).contains(cause);
    guard.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "rollback", "getAutoCommit"})
  void whenAConnectionIsGivenBackHideNoAnswer(String call) {
    Map<String, Throwable> late = Map.of(call, new AbstractMethodError(call));

    MigrationStatus status = guard(call.equals("getAutoCommit") ? Map.of() : late).build().check();

    assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void ofATenantAreTheStatusOfThisTenantAlone() {
    Tenants tenants =
        Tenants.databases(
            Map.of(
                "broken",
                dataSource(Map.of("createStatement", new NoSuchMethodError("old"))),
                "fine",
                database.dataSource()));

    MigrationStatus status = guard(Map.of()).tenants(tenants).build().check();

    assertThat(status.verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(status.tenants().counts()).contains("1 ");
  }

  private SchemaGuardBuilder guard(Map<String, Throwable> failing) {
    return Statewave.guard(dataSource(failing), "0.6.1");
  }

  private DataSource dataSource(Map<String, Throwable> failing) {
    return SimpleDataSource.of(
        () -> {
          ForeignFailuresTest.<RuntimeException>fail(failing.get("getConnection"));
          Connection real = database.dataSource().getConnection();
          real.setAutoCommit(false);
          return (Connection)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, arguments) -> {
                    fail(failing.get(method.getName()));
                    try {
                      return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
        });
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void fail(Throwable failure) throws E {
    if (failure != null) {
      throw (E) failure;
    }
  }
}
