// SPDX-License-Identifier: MIT
using System;
using System.Globalization;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Threading;

/// Writes an Int64 at 0 and a Double at 8 of a new mapped file every 10 ms.
/// While the file named by the second argument exists it stands still and has
/// written both values to standard output; at TERM nothing is removed.
class Writer
{
    static void Main(string[] args)
    {
        using (var map = MemoryMappedFile.CreateFromFile(
                   args[0], FileMode.CreateNew, null, 64))
        using (var view = map.CreateViewAccessor())
        {
            long counter = 9007199254740993; // a double cannot hold it
            bool resting = false;
            for (;; Thread.Sleep(10))
            {
                if (File.Exists(args[1]))
                {
                    if (!resting)
                        Console.WriteLine(string.Format(
                            CultureInfo.InvariantCulture, "{0} {1:R}",
                            view.ReadInt64(0), view.ReadDouble(8)));
                    resting = true;
                    continue;
                }
                resting = false;
                counter++;
                view.Write(0, counter);
                view.Write(8, (counter % 1000000) * Math.PI);
            }
        }
    }
}
