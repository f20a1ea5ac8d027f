"""What single printed texts mean: characters, amounts, codes, words in place of a number."""
