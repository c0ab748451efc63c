// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.text.Credentials;
import dev.schemaguard.text.DatabaseUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A URL names host, port and database, and no driver's way to write a password is shown. */
class DatabaseUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://pg3:5432/orders|pg3:5432/orders",
        "jdbc:postgresql://pg3:5432/orders?user=app&password=hunter2|pg3:5432/orders",
        "jdbc:postgresql://pg3/orders?user=a@example.org&password=hun@ter2|pg3/orders",
        "jdbc:postgresql://pg1:5432,pg2:5433/orders?password=hunter2|pg1:5432,pg2:5433/orders",
        "jdbc:postgresql://[::1]:5432/orders?user=a@b|[::1]:5432/orders",
        "jdbc:postgresql://bob:hunter2@pg3:5432/orders|pg3:5432/orders",
        "jdbc:postgresql://bob:hun@ter2@pg3/orders|pg3/orders",
        "jdbc:postgresql://bob:hun/ter2@pg3/orders|pg3/orders",
        "jdbc:postgresql://bob:hun?ter2@pg3/orders|pg3/orders",
        "jdbc:postgresql://bob:hun:ter2@pg3/orders|pg3/orders",
        "jdbc:postgresql://bob:hun;ter2@pg3/orders|pg3/orders",
        "jdbc:mariadb://bob:hunter2@db/orders?useSsl=true|db/orders",
        "jdbc:mariadb://address=(host=db)(port=3306)(user=bob)(password=hunter2)/orders|db:3306/orders",
        "jdbc:mysql://address=(host=db)(password=hun@ter2)/orders|db/orders",
        "jdbc:mysql://(host=db,port=3307,user=bob,password=hunter2)/orders|db:3307/orders",
        "jdbc:mysql://(host=db,user=bob,password=hun@ter2)/orders|db/orders",
        "jdbc:mysql://(user=bob,password=hunter2)@db:3306/orders|db:3306/orders",
        "jdbc:mysql:loadbalance://bob:hunter2@db1,bob:hunter2@db2/orders|db2/orders",
        "jdbc:sqlserver://db:1433;databaseName=orders;user=sa;password=hunter2;|db:1433/orders",
        "jdbc:sqlserver://db:1433;password={hun;ter2@x};databaseName=orders|db:1433/orders",
        "jdbc:oracle:thin:bob/hunter2@db:1521:sid|db:1521:sid",
        "jdbc:oracle:thin:bob/hunter2@//db:1521/orders|db:1521/orders",
        "jdbc:oracle:thin:bob/hun/ter@2@//db:1521/orders|db:1521/orders",
        "jdbc:oracle:thin:@//db:1521/orders|db:1521/orders",
        "jdbc:oracle:thin:bob/\"hun ter2\"@//db:1521/orders|db:1521/orders",
        "jdbc:postgresql://bob:hun ter2@pg3:5432/orders|pg3:5432/orders",
        "jdbc:sqlserver://db;password={hun}}ter2};databaseName=orders|db/orders",
        "jdbc:db2://db:50000/orders:user=bob;password=hunter2;|db:50000/orders",
        "jdbc:db2://db:50000/orders:password=hunter2;user=bob;|db:50000/orders",
        "jdbc:informix-sqli://db:9088/orders:INFORMIXSERVER=s;user=b;password=hunter2|db:9088/orders",
        "jdbc:h2:file:./orders;USER=sa;PASSWORD=hunter2|h2:file:./orders",
        "jdbc:h2:tcp://db:9092/orders;PASSWORD=hunter2|db:9092/orders",
        "jdbc:h2:mem:orders|h2:mem:orders",
        "jdbc:sqlite:/var/lib/orders.db?password=hunter2|sqlite:/var/lib/orders.db"
      })
  void isShownAsItsPlace(String url, String place) {
    assertThat(DatabaseUrl.place(url)).isEqualTo(place);
    assertThat(Credentials.removedFrom("cannot connect to " + url))
        .doesNotContain("hun", "ter2", "@x", "r2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The connection attempt failed. (UnknownHostException: bob:hunter2@127.0.0.1)",
        "Incorrect port value : hunter2@127.0.0.1",
        "unknown host 'bob:hunter2@127.0.0.1'",
        "No suitable driver found for jdbc:nodb://app:hunter2@localhost/orders",
        "ORA-01017: jdbc:oracle:thin:bob/hunter2@db:1521:sid refused",
        "login failed, password=hunter2",
        "Server returned HTTP response code: 401 for URL: https://bob:hunter2@h/a.md?sv=hunter2",
        "http://h/a b.md?sig=hunter2",
        "https://bucket.example/m.md?X-Amz-Signature=hunter2&X-Amz-Date=1",
        "access_token: hunter2",
        "cannot parse (user=bob,password=hunter2)@db"
      })
  void isCleanedWhereAMessageQuotesApartOfIt(String message) {
    assertThat(Credentials.removedFrom(message)).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Access denied for user 'tester'@'localhost'",
        "Duplicate key: 5",
        "Unique index or primary key violation: \"PRIMARY KEY ON PUBLIC.ORDERS(ID)\""
      })
  void leavesWhatIsNoSecretAlone(String message) {
    assertThat(Credentials.removedFrom(message)).isEqualTo(message);
  }
}
