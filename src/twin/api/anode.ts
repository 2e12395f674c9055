/**
 * Potential of a graphite anode against lithium in V at a state of charge of 0 to 1: Safari and Delacourt 2011, J.
 * Electrochem. Soc. 158 A562, doi 10.1149/1.3567007; lithiation 0.0085 to 0.78 as in Schimpe 2018, doi 10.1149/2.1181714jes.
 */
export function anodeV(soc: number): number {
  const x = 0.0085 + soc * (0.78 - 0.0085);
  return (
    0.6379 +
    0.5416 * Math.exp(-305.5309 * x) +
    0.044 * Math.tanh(-(x - 0.1958) / 0.1088) -
    0.1978 * Math.tanh((x - 1.0571) / 0.0854) -
    0.6875 * Math.tanh((x + 0.0117) / 0.0529) -
    0.0175 * Math.tanh((x - 0.5692) / 0.0875)
  );
}
