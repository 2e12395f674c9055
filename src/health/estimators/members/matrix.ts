// Square symmetric systems in flat arrays, row by row: what ridge and the Gaussian process need, and no more.

/**
 * Lower Cholesky factor of a symmetric positive definite matrix of size n x n, in place (the upper part stays as it was).
 * @returns false when the matrix is not positive definite as far as doubles can tell
 */
export function factorise(matrix: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k]! * matrix[j * n + k]!;
      if (i !== j) matrix[i * n + j] = sum / matrix[j * n + j]!;
      else if (sum > 0) matrix[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Solves L L' x = b for the factor L of `factorise`, in place of b. */
export function solveFactored(factor: Float64Array, n: number, b: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * b[k]!;
    b[i] = sum / factor[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * b[k]!;
    b[i] = sum / factor[i * n + i]!;
  }
  return b;
}

/**
 * Solves A x = b for a symmetric positive semi-definite A. When A is singular to working precision its diagonal is lifted
 * by a jitter in proportion to its largest entry (1e-12, then ten times more, up to 1e-2).
 * @throws Error when even that does not help: then A holds something that is no number
 */
export function solveSymmetric(a: Float64Array, n: number, b: Float64Array): Float64Array {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, a[i * n + i]!);
  for (let jitter = 0; jitter <= 1e-2; jitter = jitter === 0 ? 1e-12 : jitter * 10) {
    const factor = a.slice();
    for (let i = 0; i < n; i++) factor[i * n + i]! += jitter * (largest || 1);
    if (factorise(factor, n)) return solveFactored(factor, n, b.slice());
  }
  throw new Error('the matrix is not positive definite: does it hold something that is no number?');
}
