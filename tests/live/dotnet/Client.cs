// SPDX-License-Identifier: MIT
using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Threading;

/// Opens the named mapping of the server and prints the signed 64-bit counter
/// at offset 0 each time the timer is due, once a second unless told otherwise.
/// A name that does not exist ends it (exit code 66).  While it runs it holds
/// the mapping, as .NET programs do: a server that ends cannot come back.
class Client
{
    static int Main(string[] args)
    {
        Options options = Options.Parse(args);
        try
        {
            using (var map = MemoryMappedFile.OpenExisting(options.Name))
            using (var view = map.CreateViewAccessor())
                Show(view, options);
            return 0;
        }
        catch (FileNotFoundException error)
        {
            Console.Error.WriteLine("{0}: {1}", options.Name, error.Message);
            return 66;
        }
    }

    static void Show(MemoryMappedViewAccessor view, Options options)
    {
        using (var due = new AutoResetEvent(false))
        using (new Timer(_ => due.Set(), null, 0, options.Period))
        {
            for (long n = 0; options.Count == 0 || n < options.Count; n++)
            {
                due.WaitOne();
                Console.WriteLine(view.ReadInt64(0));
            }
        }
    }
}
