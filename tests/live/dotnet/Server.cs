// SPDX-License-Identifier: MIT
using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Threading;

/// Creates a named mapping of 64 bytes and writes a signed 64-bit counter at
/// offset 0 each time the timer is due, once a second unless told otherwise.
/// A name that exists already is refused (exit code 73).
class Server
{
    const long Size = 64;

    static int Main(string[] args)
    {
        Options options = Options.Parse(args);
        try
        {
            using (var map = MemoryMappedFile.CreateNew(options.Name, Size))
            using (var view = map.CreateViewAccessor())
                Serve(view, options);
            return 0;
        }
        catch (IOException error)
        {
            Console.Error.WriteLine("{0}: {1}", options.Name, error.Message);
            return 73;
        }
    }

    static void Serve(MemoryMappedViewAccessor view, Options options)
    {
        long counter = options.Start;
        using (var due = new AutoResetEvent(false))
        using (new Timer(_ => due.Set(), null, 0, options.Period))
        {
            for (long n = 0; options.Count == 0 || n < options.Count; n++)
            {
                due.WaitOne();
                view.Write(0, counter);
                Console.WriteLine(counter++);
            }
        }
    }
}
