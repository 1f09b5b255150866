"""What is owed to and by every vendor, and when?"""
