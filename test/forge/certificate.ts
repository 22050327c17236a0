import { generate } from 'selfsigned'

/** A key and certificate for both hosts, made at run time and kept in memory. */
export async function makeCertificate(): Promise<{ key: string; cert: string }> {
  const names = ['github.com', 'api.github.com', 'localhost']
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'github.com' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          { type: 7 as const, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { key, cert }
}
