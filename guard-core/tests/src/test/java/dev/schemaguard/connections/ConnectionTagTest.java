// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.AppVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mark looks like, and which property a driver takes it by. */
class ConnectionTagTest {

  private static final ConnectionTag MARK = ConnectionTag.of("statewave", "0.6.0");

  @ParameterizedTest
  @ValueSource(
      strings = {"statewave/0.6.0", "my-app_2/1.0.0-rc.1+build.7", "a/1", "deb/1.0~rc1", "a/v3~"})
  void whatFitsIsTheSameThereAndBack(String text) {
    assertThat(ConnectionTag.parse(text)).map(ConnectionTag::toString).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "psql",
        "PostgreSQL JDBC Driver",
        "pgAdmin 4 - DB:a/b",
        "/1.0",
        "a/",
        "a/b/c",
        "a/1:2"
      })
  void otherNamesAreNoMarks(String text) {
    assertThat(ConnectionTag.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "my orders, 1.4.2, my_orders/1.4.2",
    "a/b, 1:2, a_b/1_2",
    "größe, ' 1,0 ', gr__e/1_0",
  })
  void whatWouldBeMisreadIsReplaced(String application, String version, String text) {
    assertThat(ConnectionTag.of(application, version)).hasToString(text);
  }

  @Test
  void whatIsTooLongIsCutAndFitsPostgres() {
    ConnectionTag tag = ConnectionTag.of("a".repeat(40), "1." + "0".repeat(40));

    assertThat(tag.application()).isEqualTo("a".repeat(30) + "~");
    assertThat(tag.toString()).hasSize(63);
    assertThat(ConnectionTag.parse(tag.toString())).contains(tag);
    assertThat(tag.isOf("a".repeat(40))).isTrue();
  }

  @Test
  void aVersionThatWasCutIsNoVersionAnyMore() {
    String cut = ConnectionTag.of("a", "1.0.0-alpha.20261122.183540.1234").version();

    assertThat(cut).endsWith("~").hasSize(31);
    assertThat(AppVersion.parse(cut)).isEmpty();
  }

  @Test
  void aBlankPartIsRefused() {
    assertThatThrownBy(() -> ConnectionTag.of("orders", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version");
  }

  @Test
  void itIsOfTheApplicationWhoseNameItHolds() {
    assertThat(ConnectionTag.of("my orders", "1").isOf("my orders")).isTrue();
    assertThat(MARK.isOf("statewave2")).isFalse();
    assertThat(MARK.isOf("")).isFalse();
  }

  @Test
  void everyDriverThatIsKnownHasItsOwnProperty() {
    assertThat(MARK.properties("jdbc:postgresql://h/d"))
        .isEqualTo(Map.of("ApplicationName", "statewave/0.6.0"));
    Map<String, String> attribute = Map.of("connectionAttributes", "program_name:statewave/0.6.0");
    assertThat(MARK.properties("jdbc:mariadb://h/d")).isEqualTo(attribute);
    assertThat(MARK.properties("jdbc:mysql://h/d")).isEqualTo(attribute);
    assertThat(MARK.properties("jdbc:h2:mem:a")).isEmpty();
  }

  @Test
  void aUrlThatNamesTheConnectionKeepsItsName() {
    assertThat(MARK.properties("jdbc:postgresql://h/d?ApplicationName=mine")).isEmpty();
    assertThat(MARK.properties("jdbc:mariadb://h/d?connectionAttributes=a:b")).isEmpty();
  }
}
