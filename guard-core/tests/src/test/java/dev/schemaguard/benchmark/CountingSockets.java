// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Sockets for PostgreSQL's driver that count what goes over all of them: whoever uses the driver,
 * and however, is counted alike. Connections must not be encrypted.
 */
public final class CountingSockets extends SocketFactory {

  private static final AtomicLong STATEMENTS = new AtomicLong();
  private static final AtomicLong ROWS = new AtomicLong();
  private static final AtomicLong BYTES = new AtomicLong();

  /** By its name: the driver makes one for each connection. */
  public CountingSockets() {}

  /**
   * What went over all sockets.
   *
   * @param statements queries, and executions of prepared statements; a further portion of the same
   *     rows is one more
   * @param rows rows received
   * @param bytes bytes received
   */
  record Count(long statements, long rows, long bytes) {

    /** What went over them since {@code earlier}. */
    Count since(Count earlier) {
      return new Count(statements - earlier.statements, rows - earlier.rows, bytes - earlier.bytes);
    }
  }

  /** What went over them until now. */
  static Count count() {
    return new Count(STATEMENTS.get(), ROWS.get(), BYTES.get());
  }

  private static void sent(int type) {
    if (type == 'Q' || type == 'E') {
      STATEMENTS.incrementAndGet();
    }
  }

  private static void received(int type) {
    if (type == 'D') {
      ROWS.incrementAndGet();
    }
  }

  private static final class CountingSocket extends Socket {

    private final Frames sent = Frames.sent(CountingSockets::sent);
    private final Frames received = Frames.received(CountingSockets::received);

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int count = in.read(bytes, offset, length);
          if (count > 0) {
            BYTES.addAndGet(count);
            received.see(bytes, offset, count);
          }
          return count;
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(int value) throws IOException {
          write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          sent.see(bytes, offset, length);
          out.write(bytes, offset, length);
        }
      };
    }
  }

  @Override
  public Socket createSocket() {
    return new CountingSocket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("the driver connects by itself");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("the driver connects by itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("the driver connects by itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("the driver connects by itself");
  }
}
