from fastapi import FastAPI
from lxml import etree

api = FastAPI()


@api.get("/nodes")
async def nodes(name: str, index: int):
    # ruleid: python.web.xpath-injection
    tree.xpath(f"//user[@name='{name}']")
    # ruleid: python.web.xpath-injection
    etree.XPath("//user[@name='" + name + "']")(tree)
    # ok: python.web.xpath-injection
    tree.xpath("//user[@name=$name]", name=name)
    # ok: python.web.xpath-injection
    return tree.xpath(f"//user[{index}]")


import xml.etree.ElementTree as ET


@app.get("/places")
def places(name: str):
    root = ET.parse("users.xml").getroot()
    # ruleid: python.web.xpath-injection
    found = root.findall("./user[@name='" + name + "']")
    # ok: python.web.xpath-injection
    users = root.findall("./user")
    return [one for one in users if one.get("name") == name] or found
