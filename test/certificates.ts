// Certificates for tests of TLS: an authority, and what it signs.
import selfsigned from 'selfsigned';

/** PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  readonly cert: string;
  /** A certificate in this name; also for the address 127.0.0.1, where the servers of tests are. */
  certify(name: string): Promise<Certificate>;
}

export async function authority(name = 'Test authority'): Promise<Authority> {
  const own = await selfsigned.generate([{ name: 'commonName', value: name }], {
    extensions: [{ name: 'basicConstraints', cA: true }],
  });
  return {
    cert: own.cert,
    async certify(commonName) {
      const { cert, private: key } = await selfsigned.generate([{ name: 'commonName', value: commonName }], {
        ca: { key: own.private, cert: own.cert },
        extensions: [
          { name: 'basicConstraints', cA: false },
          { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
        ],
      });
      return { cert, key };
    },
  };
}
