// SPDX-License-Identifier: MIT
import java.io.File;

/** Fills the young generation again and again, so that the collector's counters
 *  move; stands still while the file named by its argument exists. */
public class Alloc {
    static volatile byte[] sink;

    public static void main(String[] args) throws InterruptedException {
        File rest = new File(args[0]);
        for (;;) {
            for (int i = 0; i < 5000 && !rest.exists(); i++) {
                sink = new byte[4096];
            }
            Thread.sleep(10);
        }
    }
}
