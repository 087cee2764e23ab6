/// TLS: from the directives to what encrypts a connection.
///
/// [Tls] is what the network asks: it makes a handler for each accepted socket, out of a
/// [TlsContext] that is replaced as a whole when one of the directives is set, whether or not to
/// another value: so certificates are renewed. What is wrong with a file is told before anything
/// changes. [CertificateFiles] and [PrivateKeyFile] read PEM, [CipherList] what OpenSSL writes.
///
/// BoringSSL encrypts, by the library that comes with the jar; where there is none for the machine,
/// the JDK's own TLS, which takes more of the processor.
///
/// Threads: any.
@NullMarked
package io.karst.server.tls;

import org.jspecify.annotations.NullMarked;
